"""The modules of the AWS target, by terraform's own judgement and by ours, and those that look up and tell.

Nothing here proves that AWS does as moto, which takes its place, or GitHub as the stand-in for its provider.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from terraform import account, cli, github_provider, iam
from terraform.cli import MODULES, Complaint, Terraform, TerraformError, needs_terraform

NAMES = sorted(path.parent.name for path in MODULES.glob("*/main.tf"))
CANARIES = {
    "aws": 'resource "aws_sqs_queue" "this" {\n  nane = "misspelt"\n}\n',
    "github": (
        'terraform {\n  required_providers {\n    github = {\n      source = "integrations/github"\n    }\n  }\n}\n\n'
        'resource "github_actions_environment_secret" "this" {\n  repository = "widget"\n  environment = "staging"\n'
        '  secret_name = "NAME"\n  vaule = "misspelt"\n}\n'
    ),
}


# Every module


@pytest.fixture(scope="session")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> list[Complaint]:
    """What terraform finds wrong in all modules and canaries, all of which one root calls with values yet unknown."""
    needs_terraform()
    folder = tmp_path_factory.mktemp("every-module")
    calls: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for name in NAMES:
        unknown = {variable: f"{name}-{variable}" for variable in cli.variables(MODULES / name)}
        values |= {value: {"type": "any"} for value in unknown.values()}
        calls[name] = {"source": name, **{variable: f"${{var.{value}}}" for variable, value in unknown.items()}}
    for name, text in CANARIES.items():
        (folder / "root/canaries" / name).mkdir(parents=True)
        (folder / "root/canaries" / name / "main.tf").write_text(text)
        calls[f"canary-{name}"] = {"source": f"./canaries/{name}"}
    github = github_provider.mirror(folder / "mirror")
    terraform = Terraform(cli.root(folder / "root", calls, variable=values), github=github)
    terraform.init()
    return terraform.validate()


@pytest.mark.parametrize("name", NAMES)
def test_terraform_finds_a_module_valid(name: str, complaints: list[Complaint]) -> None:
    assert not [complaint for complaint in complaints if complaint.file.startswith(f"modules/{name}/")]


@pytest.mark.parametrize("name", CANARIES)
def test_terraform_does_look(name: str, complaints: list[Complaint]) -> None:
    (found,) = [complaint for complaint in complaints if complaint.file.startswith(f"canaries/{name}/")]
    assert (found.severity, found.text.partition(":")[0]) == ("error", "Unsupported argument")


def test_terraform_finds_nothing_else(complaints: list[Complaint]) -> None:
    assert not [found for found in complaints if not found.file.startswith(("modules/", "canaries/"))]


@pytest.mark.parametrize("name", NAMES)
def test_a_module_is_formatted(name: str) -> None:
    if not shutil.which("terraform"):
        pytest.skip("terraform is not installed")
    command = ["terraform", "fmt", "-check", "-diff", "-recursive", str(MODULES / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_module_says_what_it_takes_and_gives(name: str) -> None:
    text = "\n".join(path.read_text() for path in (MODULES / name).glob("*.tf"))
    declared = re.findall(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL)
    assert declared
    assert not [id for _, id, body in declared if not re.search(r"^  description\s*= (?!\"\")", body, re.MULTILINE)]
    assert not [
        id for kind, id, body in declared if kind == "variable" and not re.search(r"^  type ", body, re.MULTILINE)
    ]
    unused = [id for kind, id, _ in declared if kind == "variable" and not re.search(rf"\bvar\.{id}\b", text)]
    assert not unused


@pytest.mark.parametrize("name", NAMES)
def test_a_module_states_the_providers_it_was_tried_with(name: str) -> None:
    text = (MODULES / name / "main.tf").read_text()
    assert 'required_version = ">= 1.9"' in text
    assert dict(re.findall(r'source\s*= "(\w+/\w+)"\s*version\s*= "([^"]+)"', text)).items() <= {
        ("hashicorp/aws", ">= 5.81, < 6.0"),
        ("integrations/github", ">= 6.12, < 7.0"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_whoever_a_module_makes_is_bounded(name: str) -> None:
    text = "\n".join(path.read_text() for path in (MODULES / name).glob("*.tf"))
    made = re.findall(r'^resource "aws_iam_(?:role|user)" "(\w+)" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL)
    assert not [id for id, body in made if not re.search(r"^  permissions_boundary *= var\.", body, re.MULTILINE)]


# What is looked up


@pytest.fixture
def aws() -> Iterator[str]:
    needs_terraform()
    with account.imitation() as endpoint:
        yield endpoint


def _organisation(endpoint: str) -> dict[str, Any]:
    """Make what an organisation has, and return what the platform should find; beside it, the same names elsewhere."""
    ec2, load_balancers = account.client("ec2", endpoint), account.client("elbv2", endpoint)

    def named(kind: str, name: str) -> list[dict[str, Any]]:
        return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]

    found: dict[str, Any] = {"subnet_ids": []}
    for vpc in ("elsewhere", "main"):
        made = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=named("vpc", vpc))["Vpc"]["VpcId"]
        subnets = [
            ec2.create_subnet(
                VpcId=made,
                CidrBlock=f"10.0.{number}.0/24",
                AvailabilityZone=f"{cli.REGION}{zone}",
                TagSpecifications=named("subnet", f"private-{zone}"),
            )["Subnet"]["SubnetId"]
            for number, zone in enumerate("ab")
        ]
        group = ec2.create_security_group(VpcId=made, GroupName="services", Description="of tasks")["GroupId"]
        found |= {"vpc_id": made, "subnet_ids": subnets, "security_group_ids": [group]}
    cluster = account.client("ecs", endpoint).create_cluster(clusterName="tasks")["cluster"]
    found["cluster"] = {"name": "tasks", "arn": cluster["clusterArn"]}
    topic = account.client("sns", endpoint).create_topic(Name="deployments")["TopicArn"]
    found["notifications"] = {"topic_arn": topic}
    for name, protocol in (("plain", "HTTP"), ("public", "HTTPS")):
        made = load_balancers.create_load_balancer(Name=name, Subnets=found["subnet_ids"])["LoadBalancers"][0]
        answer = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
        # The redirection from port 80 must not be taken for the other.
        listeners = [
            load_balancers.create_listener(
                LoadBalancerArn=made["LoadBalancerArn"], Port=port, Protocol=spoken, DefaultActions=answer
            )["Listeners"][0]["ListenerArn"]
            for port, spoken in ((80, "HTTP"), (443, protocol))
        ]
        arn = made["LoadBalancerArn"]
        found["load_balancer"] = {
            "arn": arn,
            "arn_suffix": arn.partition(":loadbalancer/")[2],
            "listener_arn": listeners[1],
        }
    nothing = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
    policy = account.client("iam", endpoint).create_policy(
        Path="/platform/", PolicyName="bounds", PolicyDocument=json.dumps(nothing)
    )
    found["boundary"] = policy["Policy"]["Arn"]
    account.client("s3", endpoint).create_bucket(
        Bucket="artifacts", CreateBucketConfiguration={"LocationConstraint": cli.REGION}
    )
    found["artifacts_bucket"] = {"name": "artifacts", "arn": "arn:aws:s3:::artifacts"}
    return found


def test_the_platform_is_found_by_its_names_and_only_where_it_is_named(aws: str, tmp_path: Path) -> None:
    expected = _organisation(aws)
    named = {
        "vpc": "main",
        "subnets": ["private-b", "private-a"],
        "security_groups": ["services"],
        "cluster": "tasks",
        "load_balancer": "public",
        "boundary": "bounds",
        "artifacts_bucket": "artifacts",
        "topic": "deployments",
    }
    modules = {"all": {"source": "platform", **named}, "nothing": {"source": "platform"}}
    outputs = {name: {"value": f"${{module.{name}}}"} for name in modules}
    terraform = Terraform(cli.root(tmp_path, modules, output=outputs), endpoint=aws)
    terraform.init()
    found = terraform.apply()
    assert found["all"] == {**expected, "subnet_ids": expected["subnet_ids"][::-1]}
    assert found["nothing"] == {name: [] if isinstance(value, list) else None for name, value in expected.items()}


def test_whatever_is_missing_is_named(aws: str, tmp_path: Path) -> None:
    _organisation(aws)
    modules: dict[str, dict[str, Any]] = {
        "vpc": {"vpc": "no-vpc"},
        "others": {
            "vpc": "main",
            "subnets": ["private-a", "no-subnet"],
            "security_groups": ["no-group"],
            "cluster": "no-cluster",
            "load_balancer": "no-balancer",
            "artifacts_bucket": "no-bucket",
            "topic": "no-topic",
        },
        "listener": {"load_balancer": "plain"},
        "ambiguous": {"subnets": ["private-a"]},
    }
    called = {name: {"source": "platform", **arguments} for name, arguments in modules.items()}
    terraform = Terraform(cli.root(tmp_path, called), endpoint=aws)
    terraform.init()
    with pytest.raises(TerraformError) as error:
        terraform.changes()
    said = sorted(str(error.value).splitlines())
    print("\n".join(said))
    for missing in ("vpc", "subnet", "group", "cluster", "balancer", "bucket", "topic"):
        assert [line for line in said if f"no-{missing}" in line], missing
    assert [line for line in said if "plain must speak HTTPS, and it speaks HTTP" in line]
    assert [line for line in said if "One subnet of the VPC must be named private-a, and 2 are." in line]


@pytest.mark.slow  # the provider waits for two minutes, because a new policy may not be seen at once
def test_a_boundary_that_is_missing_is_named(aws: str, tmp_path: Path) -> None:
    terraform = Terraform(cli.root(tmp_path, {"all": {"source": "platform", "boundary": "no-boundary"}}), endpoint=aws)
    terraform.init()
    with pytest.raises(TerraformError, match=r'no matching IAM Policy found: .*boundary\["no-boundary"\]'):
        terraform.changes()


# What GitHub is told


def _environments(tmp_path: Path, modules: dict[str, dict[str, Any]]) -> Terraform:
    needs_terraform()
    called = {name: {"source": "github-environment", "repository": "widget", **each} for name, each in modules.items()}
    github = github_provider.mirror(tmp_path / "mirror")
    terraform = Terraform(cli.root(tmp_path / "root", called), github=github)
    terraform.init()
    return terraform


def test_an_environment_is_protected_as_the_manifest_says(tmp_path: Path) -> None:
    secrets = {"DAGS_S3_BUCKET": "production-dags", "DEPLOY_AWS_ACCESS_KEY_ID": "none"}
    production = {
        "environment": "production",
        "reviewers": ["team/deployers", "user/octocat", "team/platform"],
        "branches": ["main"],
        "secrets": secrets,
    }
    development = {"environment": "development", "branches": ["**/*", "main"]}
    terraform = _environments(tmp_path, {"production": production, "development": development})
    terraform.apply()
    made = terraform.resources()

    environment = made["module.production.github_repository_environment.this"]
    assert (environment["repository"], environment["environment"]) == ("widget", "production")
    assert (environment["can_admins_bypass"], environment["prevent_self_review"]) == (False, True)
    assert environment["deployment_branch_policy"] == [{"protected_branches": False, "custom_branch_policies": True}]
    (reviewers,) = environment["reviewers"]
    teams = {github_provider.number("team/deployers"), github_provider.number("team/platform")}
    assert (set(reviewers["teams"]), reviewers["users"]) == (teams, [github_provider.number("user/octocat")])
    kept = {
        values["secret_name"]: (values["environment"], values["value"])
        for name, values in made.items()
        if name.startswith("module.production.github_actions_environment_secret.")
    }
    assert kept == {name: ("production", value) for name, value in secrets.items()}

    open_to_all = made["module.development.github_repository_environment.this"]
    assert (open_to_all["can_admins_bypass"], open_to_all["prevent_self_review"]) == (False, False)
    assert not open_to_all["reviewers"]
    policies = [values for name, values in made.items() if "_deployment_policy." in name]
    patterns = {(policy["environment"], policy["branch_pattern"]) for policy in policies}
    assert patterns == {("production", "main"), ("development", "**/*"), ("development", "main")}
    assert not any(policy["tag_pattern"] for policy in policies)
    assert not terraform.changes()


def test_an_environment_that_github_would_refuse_is_refused(tmp_path: Path) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "nobody": {"branches": []},
        "person": {"branches": ["main"], "reviewers": ["octocat"]},
        "crowd": {"branches": ["main"], "reviewers": [f"user/{number}" for number in range(7)]},
    }
    terraform = _environments(tmp_path, {name: {"environment": name, **each} for name, each in wrong.items()})
    said = " ".join(complaint.text for complaint in terraform.validate())
    for expected in ("Without a branch", "A reviewer is team/SLUG", "GitHub allows six"):
        assert expected in said


def test_the_providers_own_checks_are_made(tmp_path: Path) -> None:
    """What the module cannot get wrong, another configuration could: the stand-in refuses it as the real one does."""
    needs_terraform()
    where = {"repository": "widget", "environment": "production"}
    secret = {**where, "secret_name": "NAME"}
    resources = {
        "github_actions_environment_secret": {
            "none": secret,
            "two": {**secret, "value": "x", "plaintext_value": "x"},
        },
        "github_repository_environment": {"crowd": {**where, "reviewers": {"users": [*range(1, 8)]}}},
        "github_repository_environment_deployment_policy": {
            "both": {**where, "branch_pattern": "a", "tag_pattern": "b"}
        },
    }
    required = {"required_providers": {"github": {"source": "integrations/github"}}}
    (tmp_path / "main.tf.json").write_text(json.dumps({"terraform": required, "resource": resources}))
    terraform = Terraform(tmp_path, github=github_provider.mirror(tmp_path / "mirror"))
    terraform.init()
    said = [complaint.text for complaint in terraform.validate()]
    assert len([text for text in said if "exactly one of value, value_encrypted" in text]) == 2
    assert len([text for text in said if "exactly one of branch_pattern, tag_pattern" in text]) == 1
    assert len([text for text in said if "users may have 6 at most" in text]) == 1
    assert len(said) == 4


def test_the_stand_in_is_of_the_lowest_version_that_is_allowed() -> None:
    text = (MODULES / "github-environment/main.tf").read_text()
    (lowest,) = re.findall(r'source\s*= "integrations/github"\s*version\s*= ">= ([\d.]+),', text)
    assert github_provider.SCHEMA["version"] == f"{lowest}.0"


def test_nothing_that_the_provider_gives_up_is_used() -> None:
    text = (MODULES / "github-environment/main.tf").read_text()
    kinds = {"resource": github_provider.SCHEMA["resources"], "data": github_provider.SCHEMA["data"]}
    used = re.findall(r'^(resource|data) "github_(\w+)" "\w+" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL)
    assert len(used) == 5
    for kind, name, body in used:
        members = kinds[kind][name]
        stated = re.findall(r"^  (\w+) +=", body, re.MULTILINE)
        assert not [member for member in stated if members.get(member, {}).get("deprecated")], name


BINDINGS = "@cdktf/provider-github@15.3.1"
"""Generated by HashiCorp from the schema of integrations/github 6.9.0: each attribute is a member of a type."""
SINCE_THEN = {
    "actions_environment_secret": {"repository_id", "key_id", "remote_updated_at", "value", "value_encrypted"},
    "repository_environment": {"repository_id"},
    "repository_environment_deployment_policy": {"repository_id", "policy_id"},
}
"""What 6.12.0 has more."""


@pytest.mark.slow  # it is fetched from npm's registry
def test_the_stand_in_takes_what_another_record_of_the_provider_says(tmp_path: Path) -> None:
    fetched = shutil.which("npm") and subprocess.run(
        ["npm", "pack", "--silent", BINDINGS], cwd=tmp_path, capture_output=True, check=False, timeout=120
    )
    if not fetched or fetched.returncode:
        pytest.skip(f"npm cannot fetch {BINDINGS}")
    (archive,) = tmp_path.glob("*.tgz")
    with tarfile.open(archive) as files:
        files.extractall(tmp_path, filter="data")
    for name, members in github_provider.SCHEMA["resources"].items():
        typed = (tmp_path / "package/lib" / name.replace("_", "-") / "index.d.ts").read_text()
        config = re.search(r"interface \w+Config extends .*?\{(.*?)^\}", typed, re.DOTALL | re.MULTILINE)
        assert config
        read = dict(re.findall(r"readonly (\w+)(\??):", config[1]))
        stated = {
            re.sub("_(.)", lambda found: found[1].upper(), member): "" if said.get("required") else "?"
            for member, said in members.items()
            if (said.get("required") or said.get("optional")) and member not in SINCE_THEN[name]
        }
        assert {member: mark for member, mark in read.items() if member != "id"} == stated, name


# What is told


@pytest.mark.slow  # the provider waits for a key until AWS would know it everywhere
def test_events_alarms_and_machines_of_the_account_can_publish(aws: str, tmp_path: Path) -> None:
    called = {"quiet": {"source": "notifications", "name": "staging-widget"}}
    outputs = {"topic": {"value": "${module.quiet.topic_arn}"}}
    terraform = Terraform(cli.root(tmp_path, called, output=outputs), endpoint=aws)
    terraform.init()
    topic = terraform.apply()["topic"]
    made = terraform.resources()
    assert {name for name in made if ".data." not in name} == {
        "module.quiet.aws_kms_key.topic",
        "module.quiet.aws_sns_topic.this",
        "module.quiet.aws_sns_topic_policy.this",
    }
    key = made["module.quiet.aws_kms_key.topic"]
    assert made["module.quiet.aws_sns_topic.this"]["kms_master_key_id"] == key["arn"]
    encrypts = json.loads(key["policy"])
    published = json.loads(made["module.quiet.aws_sns_topic_policy.this"]["policy"])

    ours, theirs = ({"aws:SourceAccount": id} for id in (account.ID, "210987654321"))
    publishers = {
        ("events.amazonaws.com", ""): {},
        ("cloudwatch.amazonaws.com", "ours"): ours,
        ("cloudwatch.amazonaws.com", "theirs"): theirs,
        ("lambda.amazonaws.com", "ours"): ours,
    }
    allowed = {
        who: (
            iam.allows(published, "sns:Publish", topic, principal=who[0], context=context),
            iam.allows(encrypts, "kms:GenerateDataKey", principal=who[0], context=context),
        )
        for who, context in publishers.items()
    }
    assert allowed == {
        ("events.amazonaws.com", ""): (True, True),
        ("cloudwatch.amazonaws.com", "ours"): (True, True),
        ("cloudwatch.amazonaws.com", "theirs"): (False, False),
        ("lambda.amazonaws.com", "ours"): (False, False),
    }
    # A state machine has the right to publish from its own role, and needs no more than that to use the key.
    machine = f"arn:aws:iam::{account.ID}:role/machine"
    through = {"kms:CallerAccount": account.ID, "kms:ViaService": f"sns.{cli.REGION}.amazonaws.com"}
    assert iam.allows(encrypts, "kms:Decrypt", principal=machine, context=through)
    assert not iam.allows(encrypts, "kms:Decrypt", principal=machine, context={"kms:CallerAccount": account.ID})
    assert not iam.allows(
        encrypts, "kms:Decrypt", principal=machine, context=through | {"kms:CallerAccount": "210987654321"}
    )
    assert not terraform.changes()


def test_a_channel_is_told_where_there_is_one(aws: str, tmp_path: Path) -> None:
    slack = {"workspace": "T0123456", "channel": "C0123456"}
    called = {"slack": {"source": "notifications", "name": "staging-widget", "slack": slack}}
    terraform = Terraform(cli.root(tmp_path, called), endpoint=aws)
    terraform.init()
    # moto has no chat channels, so that nothing is made.
    assert set(terraform.changes()) == {
        "create module.slack.aws_chatbot_slack_channel_configuration.this[0]",
        "create module.slack.aws_iam_role.chat[0]",
        "create module.slack.aws_iam_role_policy.chat[0]",
        "create module.slack.aws_kms_key.topic",
        "create module.slack.aws_sns_topic.this",
        "create module.slack.aws_sns_topic_policy.this",
    }
