"""Who may do what in AWS: whole roots are applied, and IAM is asked what came of it.

moto, which takes the place of AWS, enforces no policy. What a policy allows is read from the policy itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from cases import ACCEPTED, HERE, PROJECT, compiled
from pipegen.compiler import compile_manifest
from pipegen.files import WorkTree
from pipegen.output import FileTree
from terraform import account, cli, github_provider, iam, machines, policies
from terraform.cli import REGION, Terraform, needs_terraform
from terraform.machines import StepFunctions
from terraform.policies import Identity

pytestmark = pytest.mark.slow  # everything of four roots is made

ROOTS = {
    # A service, a worker and a task, a channel, a boundary, and numbers of the repository.
    "running": (HERE / "accepted/running.yaml", "production"),
    # Functions from an image, and files.
    "tiler": (HERE / "accepted/lambda-image.yaml", "production"),
    # The same with access keys, and not only from the publishing branch.
    "tiler-with-keys": (HERE / "accepted/lambda-image.yaml", "development"),
    # Functions from packages, and a topic of the organisation.
    "packages": (PROJECT / "examples/lambda-packages/deploy.yaml", "production"),
}
PREFIXES = {
    "running": "production-running",
    "tiler": "production-tiler",
    "tiler-with-keys": "development-tiler",
    "packages": "production-lambda-packages",
}
"""How the names of all that a root makes begin."""

FAMILY, ITS_ROLES = "production-mwaa-nightly", ("mwaa-execution", "mwaa-task")
BOUNDARY = f"arn:aws:iam::{account.ID}:policy/platform-boundary"


@dataclass
class Applied:
    """Every root applied, and the account where."""

    terraform: Terraform
    aws: StepFunctions
    resources: dict[str, dict[str, Any]]
    identities: list[Identity]

    def of(self, root: str) -> list[Identity]:
        return [identity for identity in self.identities if identity.name.startswith(f"{PREFIXES[root]}-")]

    def drift(self) -> dict[str, set[str]]:
        """What a plan would change now: by address, the attributes."""
        self.terraform.run("plan", "-input=false", "-parallelism=20", "-out=plan")
        found = {}
        for resource in json.loads(self.terraform.run("show", "-json", "plan"))["resource_changes"]:
            change = resource["change"]
            if change["actions"] == ["create"]:
                found[resource["address"]] = {"created"}
            elif change["actions"] not in (["no-op"], ["read"]):
                before, after = change["before"] or {}, change["after"] or {}
                found[resource["address"]] = {key for key in {*before, *after} if before.get(key) != after.get(key)} - {
                    key for key, unknown in change["after_unknown"].items() if unknown and key not in before
                }
        return found


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    needs_terraform()
    folder = tmp_path_factory.mktemp("authority")
    calls = {name: _write(folder / name, *ROOTS[name]) for name in ROOTS}
    calls = {name: arguments | {"source": f"./{name}/{arguments['source']}"} for name, arguments in calls.items()}
    (folder / "main.tf.json").write_text(json.dumps({"module": calls}))
    with machines.imitation() as aws:
        _organisation(aws)
        endpoint = aws.endpoint or ""
        terraform = Terraform(folder, endpoint, github_provider.mirror(folder / "mirror"))
        terraform.init()
        terraform.apply()
        for path in folder.glob("*/deploy/modules/*/not_in_moto_override.tf.json"):
            path.unlink()
        yield Applied(terraform, aws, terraform.resources(), policies.identities(endpoint))


NOT_IN_MOTO = {"notifications": "aws_chatbot_slack_channel_configuration"}
"""By module, what moto has not. It is left out when all else is made, and a plan afterwards shows it."""


def _write(folder: Path, manifest: Path, environment: str) -> dict[str, Any]:
    """Write a root and its modules, for the imitation of an account. Returns how it is called as a module."""
    root = f"deploy/{environment}"
    tree = {path: text for path, text in _tree(manifest).items() if path.startswith((f"{root}/", "deploy/modules/"))}
    text = "\n".join(text for path, text in tree.items() if path.startswith(f"{root}/"))
    for path, content in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    settings = cli.aws() | {"allowed_account_ids": [account.ID]}
    aliases = [settings | {"alias": alias, "region": "eu-west-1"} for alias in re.findall(r'alias += "(.*)"', text)]
    override = {"provider": {"aws": [settings, *aliases]}}
    (folder / root / "account_override.tf.json").write_text(json.dumps(override))
    for module, kind in NOT_IN_MOTO.items():
        if f"deploy/modules/{module}/main.tf" in tree:
            nothing = {"resource": {kind: {"this": {"count": 0}}}}
            (folder / "deploy/modules" / module / "not_in_moto_override.tf.json").write_text(json.dumps(nothing))
    variables = re.findall(r'^variable "(.*)"', text, re.MULTILINE)
    return {"source": root, **dict.fromkeys(variables, "fonts")}


def _tree(manifest: Path) -> FileTree:
    if manifest in ACCEPTED:
        compilation = compiled(manifest)
    else:
        compilation = compile_manifest(manifest.read_bytes(), WorkTree(manifest.parent))
    assert compilation.files is not None, compilation.diagnostics
    return compilation.files


def _organisation(aws: StepFunctions) -> None:
    """Make what the organisation owns, under the names of `platform`."""
    ec2, balancing = aws.client("ec2"), aws.client("elbv2")

    def named(kind: str, name: str) -> list[dict[str, Any]]:
        return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]

    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=named("vpc", "production-vpc"))["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(
            VpcId=vpc,
            CidrBlock=f"10.0.{number}.0/24",
            AvailabilityZone=f"{REGION}{zone}",
            TagSpecifications=named("subnet", f"production-private-{zone}"),
        )["Subnet"]["SubnetId"]
        for number, zone in enumerate("ab")
    ]
    ec2.create_security_group(VpcId=vpc, GroupName="production-services", Description="of tasks")
    (balancer,) = balancing.create_load_balancer(Name="production-public", Subnets=subnets)["LoadBalancers"]
    balancing.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTPS",
        Port=443,
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )
    aws.client("ecs").create_cluster(clusterName="production-cluster")
    execution, task = (f"arn:aws:iam::{account.ID}:role/{role}" for role in ITS_ROLES)
    aws.client("ecs").register_task_definition(
        family=FAMILY,
        containerDefinitions=[{"name": "main", "image": "example.com/nightly:1", "memory": 512}],
        executionRoleArn=execution,
        taskRoleArn=task,
    )
    nothing = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
    aws.client("iam").create_policy(PolicyName=BOUNDARY.rpartition("/")[2], PolicyDocument=json.dumps(nothing))
    aws.client("sns").create_topic(Name="production-deployments")
    place = {"LocationConstraint": REGION}
    aws.client("s3").create_bucket(Bucket="production-artifacts", CreateBucketConfiguration=place)
    account.trust_github(aws.endpoint or "")


# Who may do what


@pytest.mark.parametrize("root", ROOTS)
def test_all_that_anybody_may_do(applied: Applied, root: str, golden_text: SnapshotAssertion) -> None:
    of_resources = policies.of_resources(
        {
            address.removeprefix(f"module.{root}."): values
            for address, values in applied.resources.items()
            if address.startswith(f"module.{root}.")
        }
    )
    assert policies.text(applied.of(root), of_resources) == golden_text


def test_nobody_was_overlooked(applied: Applied) -> None:
    found = [identity.name for root in ROOTS for identity in applied.of(root)]
    assert sorted(found) == [identity.name for identity in applied.identities]
    made = [
        values["name"]
        for address, values in applied.resources.items()
        if re.search(r"\.aws_iam_(role|user)\.", address) and ".data." not in address
    ]
    assert sorted(found) == sorted(made)
    assert all(identity.attached == [] for identity in applied.identities)


KINDS = {
    "<environment>-<repository>-publish": set(),
    "<environment>-<name>-execution": {"ecs-tasks.amazonaws.com"},
    "<environment>-<name>-task": {"ecs-tasks.amazonaws.com"},
    "<environment>-<name>-rollout": {"states.amazonaws.com"},
    "<environment>-<name>-start": {"events.amazonaws.com", "scheduler.amazonaws.com"},
    "<environment>-<name>-codedeploy": {"codedeploy.amazonaws.com"},
    "<environment>-<repository>-chat": {"chatbot.amazonaws.com"},
}
"""The roles of the page for security reviewers, and the services that may assume each."""


def _kind(identity: Identity) -> str:
    (kind,) = [kind for kind in KINDS if identity.name.endswith(re.sub("<.*>", "", kind))]
    return kind


def test_the_page_names_every_kind_of_role(applied: Applied) -> None:
    assert {_kind(identity) for identity in applied.identities} == set(KINDS)
    page = (PROJECT / "docs/aws.md").read_text().partition("## Who may do what\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `(.*?)` \|", page, re.MULTILINE))
    assert named == set(KINDS)


def test_each_role_is_for_its_service_alone(applied: Applied) -> None:
    assert [each.name for each in applied.identities if each.services != KINDS[_kind(each)]] == []
    assert [each.name for each in applied.identities if any("AWS" in one["Principal"] for one in each.trust)] == []


def test_a_service_uses_a_role_for_this_account_only(applied: Applied) -> None:
    for identity in applied.identities:
        for statement in identity.trust:
            if "Service" in statement["Principal"]:
                conditions = statement["Condition"]
                assert conditions["StringEquals"]["aws:SourceAccount"] == account.ID, identity.name
                source = [
                    value for keys in conditions.values() for key, value in keys.items() if key == "aws:SourceArn"
                ]
                # Of the chat service no source is documented.
                assert bool(source) == (_kind(identity) != "<environment>-<repository>-chat"), identity.name


def test_everybody_is_bounded_where_a_boundary_is_stated(applied: Applied) -> None:
    assert {identity.boundary for identity in applied.of("running")} == {BOUNDARY}
    assert {identity.boundary for identity in applied.of("packages")} == {None}


FORBIDDEN = (
    "iam:*",  # but PassRole, see below
    "sts:*",
    "ecs:ExecuteCommand",
    "ecs:RunTask",
    "ecs:StartTask",
    "lambda:AddPermission",
    "lambda:Invoke*",
    "lambda:UpdateFunctionConfiguration",
)


def test_nobody_may_become_another_or_run_anything(applied: Applied) -> None:
    for identity in applied.identities:
        for action, resource, statement in identity.granted():
            assert statement["Effect"] == "Allow"
            assert "*" not in action, (identity.name, action)
            if action == "iam:PassRole":
                continue
            assert not any(fnmatchcase(action, forbidden) for forbidden in FORBIDDEN), (identity.name, action)
            if action == "states:StartExecution":
                machine = f"{identity.name.removesuffix('-start')}-rollout"
                assert resource.endswith(f":stateMachine:{machine}"), identity.name


def test_only_the_roles_of_the_container_are_passed_and_only_to_tasks(applied: Applied) -> None:
    passed: dict[str, set[str]] = {}
    for identity in applied.identities:
        for action, resource, statement in identity.granted():
            if action == "iam:PassRole":
                assert statement["Condition"] == {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
                passed.setdefault(identity.name, set()).add(resource.removeprefix(f"arn:aws:iam::{account.ID}:role/"))
    site, worker, nightly = (f"production-running-{name}" for name in ("site", "worker", "nightly"))
    assert passed == {
        f"{site}-codedeploy": {f"{site}-execution", f"{site}-task"},
        f"{site}-rollout": {f"{site}-execution", f"{site}-task"},
        f"{worker}-rollout": {f"{worker}-execution", f"{worker}-task"},
        f"{nightly}-rollout": {f"{nightly}-execution", f"{nightly}-task", *ITS_ROLES},
    }


ON_EVERYTHING = {
    # Alarms are a resource, but AWS documents that asking for them by name needs them all.
    "<environment>-<name>-codedeploy": {"cloudwatch:DescribeAlarms"},
    # The graph of an alarm may be of any metric.
    "<environment>-<repository>-chat": {
        "cloudwatch:DescribeAlarms",
        "cloudwatch:GetMetricData",
        "cloudwatch:GetMetricStatistics",
        "cloudwatch:ListMetrics",
    },
}
"""What is allowed on everything although it could be narrowed: actions that read alarms and metrics."""


def test_an_action_on_everything_cannot_be_narrowed(applied: Applied) -> None:
    looked_at = 0
    for identity in applied.identities:
        for action, resource, _ in identity.granted():
            if resource == "*":
                looked_at += 1
                narrow = policies.has_resource_type(action)
                assert not narrow or action in ON_EVERYTHING.get(_kind(identity), set()), (identity.name, action)
    assert looked_at > 50


def test_aws_has_every_action_for_its_resources(applied: Applied) -> None:
    documents = {json.dumps(policy): identity for identity in applied.identities for policy in identity.policies}
    assert len(documents) > 15
    for document, identity in documents.items():
        assert iam.unfit(json.loads(document)) == [], identity.name
    seeded: dict[str, Any] = {"Effect": "Allow", "Action": "ecs:RunTasks", "Resource": "*"}
    assert iam.unfit({"Version": "2012-10-17", "Statement": [seeded]})


# What a plan shows afterwards

_SITE, _WORKER = "module.running.module.service-site", "module.running.module.worker-worker"
DRIFT = {
    # moto has none of these channels.
    "module.running.module.notifications.aws_chatbot_slack_channel_configuration.this[0]": {"created"},
    # moto forgets what it is told.
    f"{_SITE}.aws_appautoscaling_target.this": {"tags_all"},
    f"{_WORKER}.aws_appautoscaling_target.this": {"tags_all"},
    f"{_SITE}.aws_codedeploy_deployment_group.this": {"alarm_configuration"},
    f"{_SITE}.aws_ecs_service.this": {"availability_zone_rebalancing", "health_check_grace_period_seconds"},
    f"{_WORKER}.aws_ecs_service.this": {"availability_zone_rebalancing"},
    # Because of the services: their ARN is in these policies.
    f"{_SITE}.aws_iam_role_policy.codedeploy": {"policy"},
    f"{_SITE}.module.rollout.module.machine.aws_iam_role_policy.this": {"policy"},
    f"{_WORKER}.module.rollout.module.machine.aws_iam_role_policy.this": {"policy"},
}


def test_a_second_plan_shows_what_moto_forgot_and_nothing_else(applied: Applied) -> None:
    assert applied.drift() == DRIFT


def test_what_deployments_and_autoscaling_change_is_left_alone(applied: Applied) -> None:
    """As CodeDeploy, ECS and the autoscaling leave it: other tasks, more of them, behind the other target group."""
    aws = applied.aws
    for name in ("production-running-site", "production-running-worker"):
        revision = aws.client("ecs").register_task_definition(
            family=name, containerDefinitions=[{"name": name, "image": "example.com/it:1", "memory": 512}]
        )["taskDefinition"]["taskDefinitionArn"]
        aws.client("ecs").update_service(
            cluster="production-cluster", service=name, taskDefinition=revision, desiredCount=5
        )
    rule = applied.resources[f"{_SITE}.aws_lb_listener_rule.this"]["arn"]
    green = applied.resources[f'{_SITE}.aws_lb_target_group.this["green"]']["arn"]
    forward = {"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": green, "Weight": 100}]}}
    aws.client("elbv2").modify_rule(RuleArn=rule, Actions=[forward])
    for parameter in aws.client("ssm").describe_parameters()["Parameters"]:
        aws.client("ssm").put_parameter(Name=parameter["Name"], Value='{"tag": "git-1"}', Overwrite=True)
    assert applied.drift() == DRIFT
    (service,) = aws.client("ecs").describe_services(
        cluster="production-cluster", services=["production-running-site"]
    )["services"]
    assert service["desiredCount"] == 5
