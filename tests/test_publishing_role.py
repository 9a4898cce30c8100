"""Who can publish, and what: the module `publishing` applied by terraform to an imitation of AWS, and its policies
evaluated as AWS would.

moto makes what it is told to and enforces nothing, so that the evaluation is ours (`terraform.iam`). Nothing here
proves which claims GitHub signs; they are those of its documentation:
https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from terraform import account, cli, github_provider, iam
from terraform.cli import Terraform, TerraformError, needs_terraform

OWNER_ID, REPOSITORY_ID = 123456, 456789
BOUNDARY = f"arn:aws:iam::{account.ID}:policy/bounds"
MODULES: dict[str, dict[str, Any]] = {
    # All that there is, published on merge, by a repository whose ids are known.
    "production": {
        "name": "production-widget-publish",
        "github": {
            "repository": "acme/widget",
            "repository_id": REPOSITORY_ID,
            "owner_id": OWNER_ID,
            "environment": "production",
            "ref": "refs/heads/main",
        },
        "images": {"production-widget": {}, "production-watched": {"immutable": False}},
        "files": [
            {"bucket": "production-dags", "prefix": "dags/widget", "delete": True},
            {"bucket": "production-site"},
        ],
        "packages": [{"bucket": "production-artifacts", "prefix": "production-widget"}],
        "boundary": BOUNDARY,
    },
    # By hand, from any branch, and nothing is known of the repository but its name.
    "development": {
        "name": "development-widget-publish",
        "github": {"repository": "acme/widget", "environment": "development"},
        "images": {"development-widget": {"public": True}},
    },
    "staging": {
        "name": "staging-widget-publish",
        "github": {"repository": "acme/widget", "environment": "staging", "ref": "refs/heads/main"},
        "credentials": "access-keys",
        "images": {"staging-widget": {}},
        "boundary": BOUNDARY,
    },
}


class Applied(NamedTuple):
    terraform: Terraform
    outputs: dict[str, Any]
    resources: dict[str, dict[str, Any]]
    provider: str

    def made(self, module: str, kind: str) -> dict[str, dict[str, Any]]:
        """What a module made of a kind, by the rest of the address."""
        place = f"module.{module}.{kind}."
        return {name.removeprefix(place): made for name, made in self.resources.items() if name.startswith(place)}

    def trust(self, module: str) -> dict[str, Any]:
        (role,) = self.made(module, "aws_iam_role").values()
        policy: dict[str, Any] = json.loads(role["assume_role_policy"])
        return policy

    def policy(self, module: str) -> dict[str, Any]:
        (made,) = (self.made(module, "aws_iam_role_policy") | self.made(module, "aws_iam_user_policy")).values()
        policy: dict[str, Any] = json.loads(made["policy"])
        return policy


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    needs_terraform()
    with account.imitation() as endpoint:
        provider = account.trust_github(endpoint)
        modules = {name: {"source": "publishing", **arguments} for name, arguments in MODULES.items()}
        outputs = {name: {"value": f"${{module.{name}.role_arn}}"} for name in modules}
        outputs["repositories"] = {"value": "${module.production.repositories}"}
        modules["staging-on-github"] = {
            "source": "github-environment",
            "repository": "widget",
            "environment": "staging",
            "branches": ["main"],
            "secrets": {
                "DEPLOY_AWS_ACCESS_KEY_ID": "${module.staging.access_key.id}",
                "DEPLOY_AWS_SECRET_ACCESS_KEY": "${module.staging.access_key.secret}",
            },
        }
        folder = tmp_path_factory.mktemp("publishing")
        root = cli.root(folder / "root", modules, output=outputs)
        terraform = Terraform(root, endpoint=endpoint, github=github_provider.mirror(folder / "mirror"))
        terraform.init()
        yield Applied(terraform, terraform.apply(), terraform.resources(), provider)


# Who can publish

Changes = dict[str, Any]


def _claims(
    *,
    owner: str = "acme",
    owner_id: int = OWNER_ID,
    repository: str = "widget",
    repository_id: int = REPOSITORY_ID,
    environment: str = "production",
    ref: str = "refs/heads/main",
    event: str = "push",
    audience: str = "sts.amazonaws.com",
    newer: bool = False,
) -> dict[str, str]:
    """What GitHub signs for a job; `newer` is the subject of repositories made since July 2026, which has ids in it."""
    prefix = f"repo:{owner}@{owner_id}/{repository}@{repository_id}" if newer else f"repo:{owner}/{repository}"
    rest = "pull_request" if event == "pull_request" else f"ref:{ref}"
    claims = {
        "aud": audience,
        "sub": f"{prefix}:environment:{environment}" if environment else f"{prefix}:{rest}",
        "repository": f"{owner}/{repository}",
        "repository_id": str(repository_id),
        "repository_owner_id": str(owner_id),
        "ref": ref,
        "event_name": event,
    } | ({"environment": environment} if environment else {})
    return {f"{account.GITHUB}:{claim}": value for claim, value in claims.items()}


def _assumes(trust: dict[str, Any], provider: str, **changes: Any) -> bool:
    return iam.allows(trust, "sts:AssumeRoleWithWebIdentity", principal=provider, context=_claims(**changes))


STRANGERS: dict[str, Changes] = {
    "another repository": {"repository": "gadget", "repository_id": 7},
    "another repository whose name goes on": {"repository": "widget-2", "repository_id": 7},
    "the same name of another owner, such as a fork": {"owner": "mallory", "owner_id": 6, "repository_id": 7},
    "a later repository of the same name": {"repository_id": 7},
    "a later owner and repository of the same names": {"owner_id": 6, "repository_id": 7},
    "another environment": {"environment": "development"},
    "an environment whose name goes on": {"environment": "production-2"},
    "no environment": {"environment": ""},
    "another branch": {"ref": "refs/heads/feature"},
    "a branch whose name goes on": {"ref": "refs/heads/main/2"},
    "a tag of the branch's name": {"ref": "refs/tags/main"},
    "a pull request": {"environment": "", "event": "pull_request", "ref": "refs/pull/7/merge"},
    "a pull request that names the environment": {"event": "pull_request", "ref": "refs/pull/7/merge"},
    "a token for something else than AWS": {"audience": "https://github.com/acme"},
}


@pytest.mark.parametrize("newer", [False, True], ids=["older subject", "newer subject"])
def test_the_environment_on_the_publishing_branch_assumes_the_role(applied: Applied, newer: bool) -> None:
    assert _assumes(applied.trust("production"), applied.provider, newer=newer)


@pytest.mark.parametrize("newer", [False, True], ids=["older subject", "newer subject"])
@pytest.mark.parametrize("changes", STRANGERS.values(), ids=list(STRANGERS))
def test_nobody_else_assumes_it(applied: Applied, changes: Changes, newer: bool) -> None:
    assert not _assumes(applied.trust("production"), applied.provider, newer=newer, **changes)


def test_no_other_identity_provider_is_believed(applied: Applied) -> None:
    elsewhere = applied.provider.replace(account.GITHUB, "gitlab.com")
    assert elsewhere != applied.provider
    assert not _assumes(applied.trust("production"), elsewhere)


@pytest.mark.parametrize("claim", ["aud", "sub", "ref", "repository_id"])
def test_no_condition_of_the_trust_is_for_nothing(applied: Applied, claim: str) -> None:
    trust = copy.deepcopy(applied.trust("production"))
    del trust["Statement"][0]["Condition"]["StringEquals"][f"{account.GITHUB}:{claim}"]
    assert any(_assumes(trust, applied.provider, **changes) for changes in STRANGERS.values())


def test_the_trust_as_it_is_written(applied: Applied) -> None:
    of = account.GITHUB
    assert applied.trust("production") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": applied.provider},
                "Condition": {
                    "StringEquals": {
                        f"{of}:aud": "sts.amazonaws.com",
                        f"{of}:sub": [
                            "repo:acme/widget:environment:production",
                            f"repo:acme@{OWNER_ID}/widget@{REPOSITORY_ID}:environment:production",
                        ],
                        f"{of}:ref": "refs/heads/main",
                        f"{of}:repository_id": str(REPOSITORY_ID),
                    }
                },
            }
        ],
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"ref": "refs/heads/feature"}, True),
        ({"environment": "production"}, False),
        ({"owner": "mallory"}, False),
        # Without ids, a later repository of the same name is not told from this one, and newer subjects are not known.
        ({"repository_id": 7}, True),
        ({"newer": True}, False),
    ],
)
def test_what_is_known_of_nothing_but_names(applied: Applied, changes: Changes, expected: bool) -> None:
    assert (
        _assumes(applied.trust("development"), applied.provider, **{"environment": "development", **changes})
        is expected
    )


def test_a_plan_warns_of_a_role_that_knows_nothing_but_names(applied: Applied) -> None:
    (warning,) = [warning for warning in applied.terraform.warnings() if "ids" in warning]
    assert "The role development-widget-publish trusts whoever has the name acme/widget" in warning
    assert "gh api repos/acme/widget --jq '{id: .id, \"owner-id\": .owner.id}'" in warning


@pytest.mark.parametrize(
    ("condition", "context", "expected"),
    [
        ({"StringEquals": {"sub": ["a", "b"]}}, {"sub": "b"}, True),
        ({"StringEquals": {"sub": "repo:acme/*"}}, {"sub": "repo:acme/widget"}, False),
        ({"StringLike": {"sub": "repo:acme/*"}}, {"sub": "repo:acme/gadget:pull_request"}, True),
        ({"StringLike": {"sub": "repo:acme/*"}}, {"sub": "repo:acme-2/widget"}, False),
        (
            {"StringEquals": {"sub": "a"}, "StringLike": {"ref": "refs/heads/*"}},
            {"sub": "a", "ref": "refs/tags/1"},
            False,
        ),
        ({"StringEquals": {"SUB": "a"}}, {"sub": "a"}, True),
        ({"StringEquals": {"sub": "a"}}, {}, False),
        # Each of these is met by a token that lacks the claim.
        ({"StringEqualsIfExists": {"sub": "a"}}, {}, True),
        ({"ForAllValues:StringEquals": {"sub": "a"}}, {}, True),
        ({"ForAnyValue:StringEquals": {"sub": "a"}}, {}, False),
        ({"Null": {"sub": "true"}}, {}, True),
        ({"Null": {"sub": "false"}}, {}, False),
    ],
)
def test_conditions_are_read_as_aws_reads_them(
    condition: dict[str, Any], context: dict[str, str], expected: bool
) -> None:
    statement = {"Effect": "Allow", "Action": "sts:*", "Condition": condition}
    assert iam.allows({"Statement": [statement]}, "sts:AssumeRole", context=context) is expected


def test_a_denial_outweighs(applied: Applied) -> None:
    trust = copy.deepcopy(applied.trust("production"))
    trust["Statement"].append({"Effect": "Deny", "Action": "sts:*", "Principal": "*"})
    assert not _assumes(trust, applied.provider)


@pytest.mark.parametrize(
    "more",
    [
        {"NotAction": "sts:AssumeRole"},
        {"Condition": {"StringNotEquals": {"sub": "a"}}},
        {"Condition": {"Bool": {"sub": "true"}}},
    ],
)
def test_nothing_passes_that_is_not_understood(more: dict[str, Any]) -> None:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", **more}
    with pytest.raises(ValueError, match="not understood"):
        iam.allows({"Statement": [statement]}, "sts:AssumeRole", context={"sub": "b"})


# What can be published

PUSH = {
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:GetDownloadUrlForLayer",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
}


def _repository(name: str) -> str:
    return f"arn:aws:ecr:{cli.REGION}:{account.ID}:repository/{name}"


def test_everything_that_the_role_may_do(applied: Applied) -> None:
    images = {_repository("production-widget"), _repository("production-watched")}
    assert iam.granted(applied.policy("production")) == {
        "ecr:GetAuthorizationToken": {"*"},
        **dict.fromkeys(PUSH, images),
        "s3:PutObject": {
            "arn:aws:s3:::production-dags/dags/widget/*",
            "arn:aws:s3:::production-site/*",
            "arn:aws:s3:::production-artifacts/production-widget/*",
        },
        "s3:ListBucket": {"arn:aws:s3:::production-dags", "arn:aws:s3:::production-site"},
        "s3:DeleteObject": {"arn:aws:s3:::production-dags/dags/widget/*"},
    }


def test_everything_that_the_role_of_a_public_image_may_do(applied: Applied) -> None:
    uploading = (
        "BatchCheckLayerAvailability",
        "CompleteLayerUpload",
        "InitiateLayerUpload",
        "PutImage",
        "UploadLayerPart",
    )
    image = {f"arn:aws:ecr-public::{account.ID}:repository/development-widget"}
    assert iam.granted(applied.policy("development")) == {
        "ecr-public:DescribeRegistries": {"*"},
        "ecr-public:GetAuthorizationToken": {"*"},
        "sts:GetServiceBearerToken": {"*"},
        **{f"ecr-public:{action}": image for action in uploading},
    }


@pytest.mark.parametrize(
    ("action", "resource", "context", "expected"),
    [
        ("s3:PutObject", "production-artifacts/production-widget/main/git-1.zip", {"s3:if-none-match": "*"}, True),
        # A package that is there stays what it is.
        ("s3:PutObject", "production-artifacts/production-widget/main/git-1.zip", {}, False),
        ("s3:PutObject", "production-artifacts/production-widget-2/main/git-1.zip", {"s3:if-none-match": "*"}, False),
        ("s3:PutObject", "production-dags/dags/widget/a.py", {}, True),
        ("s3:PutObject", "production-dags/dags/gadget/a.py", {}, False),
        ("s3:DeleteObject", "production-dags/dags/widget/a.py", {}, True),
        ("s3:DeleteObject", "production-dags/dags/widget-2/a.py", {}, False),
        ("s3:DeleteObject", "production-site/index.html", {}, False),
        ("s3:DeleteObject", "production-artifacts/production-widget/main/git-1.zip", {}, False),
        ("s3:ListBucket", "production-dags", {"s3:prefix": "dags/widget/"}, True),
        ("s3:ListBucket", "production-dags", {"s3:prefix": "dags/"}, False),
        ("s3:ListBucket", "production-dags", {}, False),
        ("s3:ListBucket", "production-site", {"s3:prefix": ""}, True),
    ],
)
def test_what_the_role_may_do_in_buckets(
    applied: Applied, action: str, resource: str, context: dict[str, str], expected: bool
) -> None:
    policy = applied.policy("production")
    assert iam.allows(policy, action, f"arn:aws:s3:::{resource}", context=context) is expected


@pytest.mark.parametrize("module", MODULES)
def test_aws_has_these_actions_for_these_resources(applied: Applied, module: str) -> None:
    assert not iam.unfit(applied.policy(module))


def test_an_action_that_aws_does_not_have_is_noticed(applied: Applied) -> None:
    policy = copy.deepcopy(applied.policy("production"))
    policy["Statement"][1]["Action"][0] = "ecr:BatchCheckLayersAvailability"
    policy["Statement"][1]["Resource"] = ["arn:aws:s3:::production-dags"]
    assert {found.partition(":")[0] for found in iam.unfit(policy)} == {"W3037", "I3510"}


# What is made


def test_credentials_are_a_role_or_a_user_and_never_both(applied: Applied) -> None:
    made = {
        (module, kind): list(applied.made(module, kind))
        for module in MODULES
        for kind in ("aws_iam_role", "aws_iam_user", "aws_iam_access_key", "data.aws_iam_openid_connect_provider")
        if applied.made(module, kind)
    }
    role = {"aws_iam_role": ["publish[0]"], "data.aws_iam_openid_connect_provider": ["github[0]"]}
    user = {"aws_iam_user": ["publish[0]"], "aws_iam_access_key": ["publish[0]"]}
    expected = {"production": role, "development": role, "staging": user}
    assert made == {(module, kind): names for module, kinds in expected.items() for kind, names in kinds.items()}
    assert applied.outputs["production"] == f"arn:aws:iam::{account.ID}:role/production-widget-publish"
    assert "staging" not in applied.outputs
    assert set(iam.granted(applied.policy("staging"))) == {"ecr:GetAuthorizationToken", *PUSH}


def test_access_keys_become_secrets_of_the_environment(applied: Applied) -> None:
    (key,) = applied.made("staging", "aws_iam_access_key").values()
    secrets = applied.made("staging-on-github", "github_actions_environment_secret").values()
    assert {secret["secret_name"]: secret["value"] for secret in secrets} == {
        "DEPLOY_AWS_ACCESS_KEY_ID": key["id"],
        "DEPLOY_AWS_SECRET_ACCESS_KEY": key["secret"],
    }


def test_roles_are_bounded_where_the_platform_bounds_them(applied: Applied) -> None:
    (role,) = applied.made("production", "aws_iam_role").values()
    (unbounded,) = applied.made("development", "aws_iam_role").values()
    assert role["permissions_boundary"] == BOUNDARY
    assert not unbounded["permissions_boundary"]


def test_repositories_of_images(applied: Applied) -> None:
    made = applied.made("production", "aws_ecr_repository")
    mutability = {repository["name"]: repository["image_tag_mutability"] for repository in made.values()}
    assert mutability == {"production-widget": "IMMUTABLE", "production-watched": "MUTABLE"}
    assert all(repository["image_scanning_configuration"][0]["scan_on_push"] for repository in made.values())
    assert applied.outputs["repositories"]["production-widget"] == {
        "arn": _repository("production-widget"),
        "name": "production-widget",
        "url": f"{account.ID}.dkr.ecr.{cli.REGION}.amazonaws.com/production-widget",
    }
    assert len(applied.made("production", "aws_ecr_lifecycle_policy")) == 2
    assert not applied.made("development", "aws_ecr_repository")


def test_a_repository_of_images_is_never_destroyed(applied: Applied) -> None:
    with pytest.raises(TerraformError, match=r"aws_ecr_repository\.published.* has\s+lifecycle\.prevent_destroy set"):
        applied.terraform.run("plan", "-destroy")


def test_a_second_plan_changes_nothing(applied: Applied) -> None:
    # moto forgets how a user is bounded. That it is set again shows that it was asked for.
    assert applied.terraform.changes() == ["update module.staging.aws_iam_user.publish[0]"]


def test_what_would_widen_the_trust_is_refused(tmp_path: Path) -> None:
    needs_terraform()
    github: dict[str, Any] = {"repository": "acme/widget", "environment": "production"}
    wrong: dict[str, tuple[dict[str, Any], str]] = {
        "every-repository": ({"github": github | {"repository": "acme/*"}}, "The repository must be OWNER/NAME"),
        "part-of-a-subject": (
            {"github": github | {"repository": "acme/widget:ref"}},
            "The repository must be OWNER/NAME",
        ),
        "environment": ({"github": github | {"environment": "production:x"}}, "The environment must be of letters"),
        "no-id": ({"github": github | {"repository_id": 0.5}}, "Ids are whole numbers"),
        "no-owner": ({"github": github | {"owner_id": -1}}, "Ids are whole numbers"),
        "any-branch": ({"github": github | {"ref": "refs/heads/*"}}, "The ref must be that of one branch"),
        "tag": ({"github": github | {"ref": "refs/tags/v1"}}, "The ref must be that of one branch"),
        "credentials": ({"credentials": "none"}, "Credentials are oidc or access-keys"),
        "name": ({"name": "n" * 65}, "AWS allows 64 characters"),
    }
    modules = {
        name: {"source": "publishing", "name": "widget-publish", "github": github, **arguments}
        for name, (arguments, _) in wrong.items()
    }
    terraform = Terraform(cli.root(tmp_path / "root", modules))
    terraform.init()
    found = sorted(complaint.text for complaint in terraform.validate())
    assert len(found) == len(wrong)
    for text, (_, expected) in zip(found, sorted(wrong.values(), key=lambda case: case[1]), strict=True):
        assert expected in text
