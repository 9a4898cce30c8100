"""A registered revision is deployed: blue/green by CodeDeploy where there is a port, by ECS where there is none.

moto keeps deployments and services but carries nothing out, so `CodeDeploy` and `Ecs` here say how a deployment goes.
That the real ones do as these say, and that their roles suffice, nothing here can prove.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cases import PROJECT
from terraform import account, cli, images, machines
from terraform.cli import REGION, Terraform, needs_terraform
from terraform.images import Account
from terraform.machines import StepFunctions

CLUSTER = f"arn:aws:ecs:{REGION}:{account.ID}:cluster/staging"
LISTENER = f"arn:aws:elasticloadbalancing:{REGION}:{account.ID}:listener/app/staging/0123456789abcdef/0123456789abcdef"
TOPIC = f"arn:aws:sns:{REGION}:{account.ID}:staging-notifications"
PLATFORM = {
    "vpc_id": "vpc-0",
    "subnet_ids": ["subnet-a", "subnet-b"],
    "security_group_ids": ["sg-0"],
    "cluster": {"name": "staging", "arn": CLUSTER},
    "load_balancer": {"arn_suffix": "app/staging/0123456789abcdef", "listener_arn": LISTENER},
    "boundary": f"arn:aws:iam::{account.ID}:policy/boundary",
}
LONG = [f"staging-{'very-' * 7}long-{end}" for end in ("a1", "a2")]
EVENT_AT, LATER, EVEN_LATER = (f"2026-11-01T1{hour}:00:00Z" for hour in range(3))


def _worker(name: str, **more: Any) -> dict[str, Any]:
    return {
        "source": "worker",
        "name": name,
        "cpu": 256,
        "memory": 512,
        "tasks": {"min": 2, "max": 6, "cpu_target": 60},
        "repository": images.repository(name),
        "platform": PLATFORM,
        "notifications": {"topic_arn": TOPIC},
    } | more


def _service(name: str, **more: Any) -> dict[str, Any]:
    health = {"path": "/a/health?deep=1", "interval": 30, "timeout": 5, "healthy": 2, "unhealthy": 3, "grace": 60}
    deployment = {"keep_old": 15, "alarms": ["http-5xx", "database-full"]}
    more = {
        "source": "service",
        "port": 8085,
        "health_check": health | {"codes": "200-399"},
        "domain": {"host": "check.example.gov.uk", "paths": ["/a/*"]},
        "deployment": deployment | {"traffic": "CodeDeployDefault.ECSCanary10Percent5Minutes"},
    } | more
    return _worker(name, **more)


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What terraform plans for a service, for a worker, and for two services whose names differ at the end only."""
    needs_terraform()
    calls = {
        "web": _service("staging-web"),
        "queue": _worker("staging-queue"),
        "first": _service(LONG[0], notifications=None, tasks={"min": 1, "max": 1, "cpu_target": 60}, domain=None),
        "second": _service(LONG[1], notifications={"topic_arn": "${terraform_data.topic.id}"}),
    }
    root = cli.root(tmp_path_factory.mktemp("service") / "root", calls, resource={"terraform_data": {"topic": {}}})
    with machines.imitation() as functions:
        terraform = Terraform(root, functions.endpoint or "")
        terraform.init()
        return machines.planned(terraform)


class CodeDeployed(NamedTuple):
    """How a deployment goes: its status until the tasks are stable, after so many looks at them; then its end."""

    stable_after: int = 0
    status: str = "InProgress"
    end: str = "Succeeded"


WELL = CodeDeployed()


@dataclass
class CodeDeploy:
    """CodeDeploy, whose deployments go the `way` that it is told."""

    functions: StepFunctions
    way: CodeDeployed = WELL
    others: int = 0  # attempts to deploy that find another deployment under way
    stopped: list[dict[str, Any]] = field(default_factory=list)
    _looks: int = 0

    def create(self) -> None:
        self._looks = 0
        if self.others:
            self.others -= 1
            raise machines.failure("DeploymentLimitExceededException")

    def get(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"DeploymentInfo": {"Status": self.way.end if self._is_stable() else self.way.status}}

    def services(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert asked == {"Cluster": CLUSTER, "Services": ["staging-web"]}
        self._looks += 1
        *_, deployment = self.functions.called("codedeploy:getDeployment")
        status = "STEADY_STATE" if self._is_stable() else "STABILIZING"
        new = {"ExternalId": deployment["DeploymentId"], "StabilityStatus": status}
        return {"Services": [{"TaskSets": [{"ExternalId": "d-OLD", "StabilityStatus": "STEADY_STATE"}, new]}]}

    def _is_stable(self) -> bool:
        return self._looks > self.way.stable_after

    def stop(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.stopped.append(asked)
        return {"Status": "Pending"}


@pytest.fixture
def web(resources: dict[str, dict[str, Any]]) -> Iterator[Account]:
    """The service's account, with the deployment group and nothing deployed."""
    with machines.step_functions() as functions:
        made = Account(functions, resources, "module.web.module.rollout", "module.web.module.container")
        made.make("staging-web")
        client = functions.client("codedeploy")
        client.create_application(applicationName="staging-web", computePlatform="ECS")
        client.create_deployment_group(
            applicationName="staging-web",
            deploymentGroupName="staging-web",
            serviceRoleArn=f"arn:aws:iam::{account.ID}:role/codedeploy",
        )
        yield made


@pytest.fixture
def codedeploy(web: Account) -> CodeDeploy:
    made = CodeDeploy(web.functions)
    web.functions.before["codedeploy:createDeployment"] = made.create
    web.functions.answers |= {
        "codedeploy:getDeployment": made.get,
        "codedeploy:stopDeployment": made.stop,
        "ecs:describeServices": made.services,
    }
    return made


def _deployments(web: Account) -> list[dict[str, Any]]:
    client = web.functions.client("codedeploy")
    found = client.list_deployments()["deployments"]
    return [client.get_deployment(deploymentId=each)["deploymentInfo"] for each in found]


# Deploying


def test_CD_A1_a_pushed_image_is_deployed_by_codedeploy(web: Account, codedeploy: CodeDeploy) -> None:
    event = web.push("git-1", EVENT_AT)
    assert web.starts(event)
    output = web.run(event).output
    (deployment,) = _deployments(web)
    content = deployment["revision"]["appSpecContent"]["content"]
    revision = web.functions.client("ecs").describe_task_definition(taskDefinition="staging-web")["taskDefinition"]
    assert output == {
        "result": "deployed",
        "image": web.image("git-1"),
        "task_definition": revision["taskDefinitionArn"],
        "deployment_id": deployment["deploymentId"],
    }
    assert revision["containerDefinitions"][0]["image"] == web.image("git-1")
    assert content.startswith('{"version":0.0,')
    assert json.loads(content)["Resources"] == [
        {
            "TargetService": {
                "Type": "AWS::ECS::Service",
                "Properties": {
                    "TaskDefinition": revision["taskDefinitionArn"],
                    "LoadBalancerInfo": {"ContainerName": "staging-web", "ContainerPort": 8085},
                    "PlatformVersion": "1.4.0",
                    "NetworkConfiguration": {
                        "AwsvpcConfiguration": {
                            "Subnets": ["subnet-a", "subnet-b"],
                            "SecurityGroups": ["sg-0"],
                            "AssignPublicIp": "DISABLED",
                        }
                    },
                },
            }
        }
    ]
    assert (deployment["applicationName"], deployment["deploymentGroupName"]) == ("staging-web", "staging-web")
    assert not codedeploy.stopped


def test_one_deployment_at_a_time(web: Account, codedeploy: CodeDeploy) -> None:
    codedeploy.others = 3
    assert web.run(web.push("git-1", EVENT_AT)).output["result"] == "deployed"
    assert len(web.functions.called("codedeploy:createDeployment")) == 4
    assert len(_deployments(web)) == 1


def test_what_was_superseded_while_it_waited_is_not_deployed(web: Account, codedeploy: CodeDeploy) -> None:
    event = web.push("git-1", EVENT_AT)
    web.push("git-2", LATER)
    codedeploy.others = 1

    def create() -> None:
        web.write("git-2", LATER)
        codedeploy.create()

    web.functions.before["codedeploy:createDeployment"] = create
    assert web.run(event).output == {"result": "superseded", "image": web.image("git-1")}
    assert not _deployments(web)


def test_CD_A3_tasks_that_do_not_become_stable_are_rolled_back(web: Account, codedeploy: CodeDeploy) -> None:
    codedeploy.way = CodeDeployed(stable_after=1000)
    outcome = web.run(web.push("git-1", EVENT_AT))
    (deployment,) = _deployments(web)
    assert codedeploy.stopped == [{"DeploymentId": deployment["deploymentId"], "AutoRollbackEnabled": True}]
    assert outcome.error == "NotStable"
    assert deployment["deploymentId"] in (outcome.cause or "")
    # Healthy tasks need two minutes, and the image ten: 24 looks, 30 seconds apart.
    assert len(web.functions.called("ecs:describeServices")) == 24


def test_tasks_that_take_their_time_are_left_alone(web: Account, codedeploy: CodeDeploy) -> None:
    codedeploy.way = CodeDeployed(stable_after=23)
    assert web.run(web.push("git-1", EVENT_AT)).output["result"] == "deployed"
    assert not codedeploy.stopped


@pytest.mark.parametrize("status", ["Failed", "Stopped"])
def test_a_deployment_that_failed_early_fails_the_execution(web: Account, codedeploy: CodeDeploy, status: str) -> None:
    codedeploy.way = CodeDeployed(1000, status)
    outcome = web.run(web.push("git-1", EVENT_AT))
    assert outcome.error == "DeploymentFailed"
    assert status in (outcome.cause or "")


def test_a_deployment_that_ends_as_it_is_stopped_counts_as_it_ended(web: Account, codedeploy: CodeDeploy) -> None:
    codedeploy.way = CodeDeployed(stable_after=1000)

    def stop() -> None:
        codedeploy.way = CodeDeployed(1000, "Succeeded")
        raise machines.failure("DeploymentAlreadyCompletedException")

    web.functions.before["codedeploy:stopDeployment"] = stop
    assert web.run(web.push("git-1", EVENT_AT)).output["result"] == "deployed"


def test_a_failed_deployment_is_repeated_only_by_hand(web: Account, codedeploy: CodeDeploy) -> None:
    codedeploy.way = CodeDeployed(status="Failed")
    event = web.push("git-1", EVENT_AT)
    web.run(event)
    assert web.run(event).output["result"] == "failed-before"
    assert web.run({"reconcile": True}).output["result"] == "nothing-published"
    assert len(_deployments(web)) == 1
    web.run({"force": True})
    assert len(_deployments(web)) == 2
    web.run({"tag": "git-1"})
    assert len(_deployments(web)) == 3
    assert set(web.images("staging-web")) == {web.image("git-1")}


FAILURES = {
    "at once": CodeDeployed(status="Failed", stable_after=1000),
    "for want of stable tasks": CodeDeployed(stable_after=1000),
    "by an alarm, under traffic": CodeDeployed(end="Stopped"),
}
"""Ways in which a deployment fails."""


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_CD_A3_a_changed_template_does_not_bring_back_an_image_that_failed(
    web: Account, codedeploy: CodeDeploy, failure: CodeDeployed
) -> None:
    assert web.run(web.push("git-1", EVENT_AT)).output["result"] == "deployed"
    codedeploy.way = failure
    # The event is a moment older than what the repository says of the image.
    failed = web.push("git-2", LATER) | {"time": "2026-11-01T10:59:59Z"}
    assert web.run(failed).error in ("DeploymentFailed", "NotStable")
    assert web.record()["tag"] == "git-1"
    assert web.run({"reconcile": True}).output["result"] == "already-rolled-out"
    assert web.run(failed).output["result"] == "failed-before"

    codedeploy.way = WELL
    web.change_template("512")
    outcome = web.run({"reconcile": True})
    assert (outcome.output["result"], outcome.output["image"]) == ("deployed", web.image("git-1"))
    assert web.run({"reconcile": True}).output["result"] == "already-rolled-out"
    # By hand it can be tried again, and the next push comes as ever.
    assert web.run({"force": True}).output["image"] == web.image("git-2")
    assert web.run({"reconcile": True}).output["result"] == "already-rolled-out"
    assert web.run(web.push("git-3", EVEN_LATER)).output["image"] == web.image("git-3")
    tags = ("git-1", "git-2", "git-1", "git-2", "git-3")
    assert web.images("staging-web") == [web.image(tag) for tag in tags]


def test_what_was_good_is_known_though_several_failed(web: Account, codedeploy: CodeDeploy) -> None:
    web.run(web.push("git-1", EVENT_AT))
    codedeploy.way = FAILURES["at once"]
    web.run(web.push("git-2", LATER))
    web.run(web.push("git-3", EVEN_LATER))
    assert web.record()["tag"] == "git-1"
    assert web.run({"reconcile": True}).output["result"] == "already-rolled-out"


def test_a_failure_leaves_the_record_of_something_newer_alone(web: Account, codedeploy: CodeDeploy) -> None:
    event = web.push("git-1", EVENT_AT)
    web.push("git-2", LATER)
    codedeploy.way = FAILURES["at once"]
    web.functions.before["codedeploy:getDeployment"] = lambda: web.write("git-2", LATER)
    assert web.run(event).error == "DeploymentFailed"
    assert web.record()["tag"] == "git-2"


@pytest.mark.usefixtures("codedeploy")
def test_alarms_are_ignored_only_where_asked(web: Account) -> None:
    web.run(web.push("git-1", EVENT_AT))
    web.run({"force": True, "ignore_alarms": True})
    first, second = web.functions.called("codedeploy:createDeployment")
    assert "OverrideAlarmConfiguration" not in first
    assert second["OverrideAlarmConfiguration"] == {"Enabled": False, "Alarms": []}


def test_whoever_goes_back_can_ignore_alarms_in_the_same_run(web: Account, codedeploy: CodeDeploy) -> None:
    web.run(web.push("git-1", EVENT_AT))
    web.run(web.push("git-2", LATER))
    codedeploy.way = FAILURES["by an alarm, under traffic"]
    assert web.run({"tag": "git-1"}).error == "DeploymentFailed"
    codedeploy.way = WELL
    assert web.run({"tag": "git-1", "ignore_alarms": True}).output["image"] == web.image("git-1")
    assert web.record()["tag"] == "git-1"
    assert "failed" not in web.record()
    *_, plain, ignoring = web.functions.called("codedeploy:createDeployment")
    assert "OverrideAlarmConfiguration" not in plain
    assert ignoring["OverrideAlarmConfiguration"] == {"Enabled": False, "Alarms": []}


# A worker


@dataclass
class Ecs:
    """How a rolling update goes: the states of the deployment, one for each look; the last one stays."""

    functions: StepFunctions
    states: list[str]
    primary: bool = True

    def update(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert asked == {"Cluster": CLUSTER, "Service": "staging-queue", "TaskDefinition": asked["TaskDefinition"]}
        return {}

    def services(self, _: dict[str, Any]) -> dict[str, Any]:
        (update, *_) = reversed(self.functions.called("ecs:updateService"))
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        new = {"TaskDefinition": update["TaskDefinition"], "RolloutState": state}
        old = {"TaskDefinition": "the one before", "RolloutState": "COMPLETED"}
        status = ("PRIMARY", "ACTIVE") if self.primary else ("ACTIVE", "PRIMARY")
        return {"Services": [{"Deployments": [new | {"Status": status[0]}, old | {"Status": status[1]}]}]}


@pytest.fixture
def queue(resources: dict[str, dict[str, Any]]) -> Iterator[Account]:
    with machines.step_functions() as functions:
        made = Account(functions, resources, "module.queue.module.rollout", "module.queue.module.container")
        made.make("staging-queue")
        yield made


def _ecs(queue: Account, *states: str, primary: bool = True) -> None:
    ecs = Ecs(queue.functions, list(states), primary)
    queue.functions.answers |= {"ecs:updateService": ecs.update, "ecs:describeServices": ecs.services}


def test_a_worker_is_updated_with_the_revision(queue: Account) -> None:
    _ecs(queue, "IN_PROGRESS", "IN_PROGRESS", "COMPLETED")
    output = queue.run(queue.push("git-1", EVENT_AT)).output
    assert output["result"] == "deployed"
    (update,) = queue.functions.called("ecs:updateService")
    assert update["TaskDefinition"] == output["task_definition"]
    assert queue.images("staging-queue") == [queue.image("git-1")]
    assert len(queue.functions.called("ecs:describeServices")) == 3


def test_a_worker_that_ecs_rolled_back_fails_the_execution(queue: Account) -> None:
    _ecs(queue, "IN_PROGRESS", "FAILED")
    assert queue.run(queue.push("git-1", EVENT_AT)).error == "RolledBack"
    _ecs(queue, "IN_PROGRESS", primary=False)
    assert queue.run(queue.push("git-2", LATER)).error == "RolledBack"


def test_a_changed_template_does_not_bring_back_a_workers_image_that_failed(queue: Account) -> None:
    _ecs(queue, "COMPLETED")
    queue.run(queue.push("git-1", EVENT_AT))
    _ecs(queue, "IN_PROGRESS", "FAILED")
    assert queue.run(queue.push("git-2", LATER)).error == "RolledBack"
    _ecs(queue, "COMPLETED")
    queue.change_template("512")
    assert queue.run({"reconcile": True}).output["image"] == queue.image("git-1")
    assert queue.run({"reconcile": True}).output["result"] == "already-rolled-out"
    assert queue.run({"force": True}).output["image"] == queue.image("git-2")


def test_a_worker_that_never_runs_everywhere_fails_the_execution(queue: Account) -> None:
    _ecs(queue, "IN_PROGRESS")
    assert queue.run(queue.push("git-1", EVENT_AT)).error == "NotStable"
    assert len(queue.functions.called("ecs:describeServices")) == 120


def test_a_worker_whose_image_was_superseded_gives_way(queue: Account) -> None:
    event = queue.push("git-1", EVENT_AT)
    queue.push("git-2", LATER)
    _ecs(queue, "IN_PROGRESS", primary=False)
    queue.functions.before["ecs:updateService"] = lambda: queue.write("git-2", LATER)
    assert queue.run(event).output["result"] == "superseded"


def test_ecs_rolls_a_worker_back(resources: dict[str, dict[str, Any]]) -> None:
    service = resources["module.queue.aws_ecs_service.this"]
    assert service["deployment_circuit_breaker"] == [{"enable": True, "rollback": True}]
    assert service["deployment_controller"] == [{"type": "ECS"}]


# The machines


@pytest.mark.parametrize("module", ["web", "queue"])
def test_nothing_is_wrong_with_the_definition(resources: dict[str, dict[str, Any]], module: str) -> None:
    assert not machines.complaints(machines.definition(resources, module))


@pytest.mark.parametrize(
    ("module", "more"),
    [
        (
            "web",
            {
                "codedeploy:GetApplication",
                "codedeploy:GetApplicationRevision",
                "codedeploy:GetDeploymentConfig",
                "codedeploy:RegisterApplicationRevision",
            },
        ),
        ("queue", set()),
    ],
)
def test_the_machine_has_the_rights_that_it_needs_and_no_other(
    resources: dict[str, dict[str, Any]], module: str, more: set[str]
) -> None:
    names = ("data.aws_iam_policy_document.rollout", "module.rollout.data.aws_iam_policy_document.this")
    documents = {f"module.{module}.{name}": resources[f"module.{module}.{name}"] for name in names}
    needed = machines.rights(machines.definition(resources, module))
    assert machines.granted(documents, module) == needed | more | {"ecs:TagResource", "iam:PassRole"}


_WITHOUT_RESOURCE_TYPE = {
    "cloudwatch:DescribeAlarms",
    "codedeploy:StopDeployment",
    "ecr:GetAuthorizationToken",
    "ecs:DescribeTaskDefinition",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTargetGroups",
}


def test_a_right_on_everything_is_one_that_aws_cannot_narrow(resources: dict[str, dict[str, Any]]) -> None:
    documents = [values for address, values in resources.items() if ".aws_iam_policy_document." in address]
    wide = {
        action
        for document in documents
        for statement in document["statement"]
        if "*" in (statement.get("resources") or [])
        for action in statement["actions"]
        if not action.startswith("logs:")  # vended logs, of every state machine
    }
    assert wide == _WITHOUT_RESOURCE_TYPE


def test_every_role_is_trusted_for_this_account_and_its_own_resources(resources: dict[str, dict[str, Any]]) -> None:
    roles = {address: values for address, values in resources.items() if ".aws_iam_role." in address}
    statements = [each for role in roles.values() for each in json.loads(role["assume_role_policy"])["Statement"]]
    assert len(statements) > len(roles)
    for statement in statements:
        assert statement["Principal"].keys() == {"Service"}
        conditions = {key: value for test in statement["Condition"].values() for key, value in test.items()}
        assert conditions["aws:SourceAccount"] == account.ID
        assert f":{account.ID}:" in conditions["aws:SourceArn"]


def test_a_machine_that_fails_says_so(resources: dict[str, dict[str, Any]]) -> None:
    def alarms(module: str) -> dict[str, list[str]]:
        found = [values for key, values in resources.items() if key.startswith(f"module.{module}.module.rollout.")]
        return {values["metric_name"]: values["alarm_actions"] for values in found if "alarm_name" in values}

    metrics = (
        "ExecutionsFailed",
        "ExecutionsTimedOut",
        "ExecutionsAborted",
        "ApproximateNumberOfMessagesVisible",
    )
    assert alarms("web") == {metric: [TOPIC] for metric in metrics}
    assert all(not actions for actions in alarms("first").values())


# The deployment group


def test_CD_A2_the_deployment_group_is_blue_green_rolls_back_and_removes_the_old(
    resources: dict[str, dict[str, Any]],
) -> None:
    _check_group(resources["module.web.aws_codedeploy_deployment_group.this"])


def _check_group(group: dict[str, Any]) -> None:
    assert group["deployment_config_name"] == "CodeDeployDefault.ECSCanary10Percent5Minutes"
    assert group["deployment_style"] == [{"deployment_option": "WITH_TRAFFIC_CONTROL", "deployment_type": "BLUE_GREEN"}]
    (rollback,) = group["auto_rollback_configuration"]
    assert rollback["enabled"]
    assert set(rollback["events"]) == {
        "DEPLOYMENT_FAILURE",
        "DEPLOYMENT_STOP_ON_ALARM",
        "DEPLOYMENT_STOP_ON_REQUEST",
    }
    (blue_green,) = group["blue_green_deployment_config"]
    assert blue_green["terminate_blue_instances_on_deployment_success"] == [
        {"action": "TERMINATE", "termination_wait_time_in_minutes": 15}
    ]
    (alarms,) = group["alarm_configuration"]
    assert alarms["enabled"]
    assert set(alarms["alarms"]) == {
        "staging-web-unhealthy-blue",
        "staging-web-unhealthy-green",
        "staging-web-http-5xx-blue",
        "staging-web-http-5xx-green",
        "database-full",
    }
    (pair,) = group["load_balancer_info"][0]["target_group_pair_info"]
    assert pair["prod_traffic_route"] == [{"listener_arns": [LISTENER]}]
    assert [each["name"] for each in pair["target_group"]] == ["staging-web-blue", "staging-web-green"]


def test_ecs_leaves_the_tasks_to_codedeploy(resources: dict[str, dict[str, Any]]) -> None:
    service = resources["module.web.aws_ecs_service.this"]
    assert service["deployment_controller"] == [{"type": "CODE_DEPLOY"}]
    assert service["health_check_grace_period_seconds"] == 60


def test_CD_A5_every_deployment_is_told_of(resources: dict[str, dict[str, Any]]) -> None:
    pattern = json.loads(resources["module.web.aws_cloudwatch_event_rule.deployment[0]"]["event_pattern"])
    assert pattern["detail"] == {"application": ["staging-web"], "deploymentGroup": ["staging-web"]}
    target = resources["module.web.aws_cloudwatch_event_target.deployment[0]"]
    assert target["arn"] == TOPIC
    (transformer,) = target["input_transformer"]
    text = transformer["input_template"]
    for name in transformer["input_paths"]:
        assert f"<{name}>" in text
        text = text.replace(f"<{name}>", "x")
    message = json.loads(text)
    assert message["source"] == "custom"
    assert message["metadata"]["threadId"] == "x"
    assert message["content"]["title"] == "staging-web: x"


def test_a_topic_that_the_same_plan_makes_will_do(resources: dict[str, dict[str, Any]]) -> None:
    assert "module.second.aws_cloudwatch_event_target.deployment[0]" in resources


# Names and requests


def test_names_that_are_shortened_stay_apart(resources: dict[str, dict[str, Any]]) -> None:
    names = [
        resources[f'module.{module}.aws_lb_target_group.this["{colour}"]']["name"]
        for module in ("first", "second")
        for colour in ("blue", "green")
    ]
    assert len(LONG[0]) == 50
    assert len(set(names)) == 4
    assert all(len(name) <= 32 and "--" not in name for name in names)


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        ("aws_iam_role", 64),
        ("aws_cloudwatch_event_rule", 64),
        ("aws_scheduler_schedule", 64),
        ("aws_sfn_state_machine", 80),
        ("aws_sqs_queue", 80),
    ],
)
def test_a_long_name_fits(resources: dict[str, dict[str, Any]], kind: str, limit: int) -> None:
    found = [values["name"] for address, values in resources.items() if f".{kind}." in f".{address}"]
    assert any(LONG[0] in name for name in found)
    assert all(len(name) <= limit for name in found)


def test_every_role_has_the_boundary(resources: dict[str, dict[str, Any]]) -> None:
    roles = [values for address, values in resources.items() if ".aws_iam_role." in address]
    assert roles
    assert {role["permissions_boundary"] for role in roles} == {PLATFORM["boundary"]}


def test_requests_are_those_of_the_host_and_the_paths(resources: dict[str, dict[str, Any]]) -> None:
    def conditions(module: str) -> dict[str, list[str]]:
        found = resources[f"module.{module}.aws_lb_listener_rule.this"]["condition"]
        return {key: value[0]["values"] for each in found for key, value in each.items() if value}

    assert conditions("web") == {"host_header": ["check.example.gov.uk"], "path_pattern": ["/a/*"]}
    assert conditions("first") == {"path_pattern": ["/*"]}


def test_a_rule_that_asks_for_more_is_served_first(tmp_path: Path) -> None:
    """The listener takes the first rule that fits: whatever was made first, no service takes another one's requests."""
    needs_terraform()
    domains = [
        {"host": "check.example.gov.uk", "paths": ["/a/*"]},
        {"host": "check.example.gov.uk", "paths": ["/*"]},
        {"host": "*.example.gov.uk", "paths": ["/a/*"]},
        {"paths": ["/a/*"]},
        None,
    ]
    calls = {f"s{number}": _service(f"staging-{number}", domain=domain) for number, domain in enumerate(domains)}
    with machines.imitation() as functions:
        terraform = Terraform(cli.root(tmp_path / "root", calls), functions.endpoint or "")
        terraform.init()
        planned = machines.planned(terraform)
    priorities = [planned[f"module.{name}.aws_lb_listener_rule.this"]["priority"] for name in calls]
    assert [priority // 10_000 for priority in priorities] == [0, 1, 2, 3, 4]
    assert all(1 <= priority <= 50_000 for priority in priorities)


def test_only_what_is_needed_is_made(resources: dict[str, dict[str, Any]]) -> None:
    assert not [address for address in resources if address.startswith("module.first.aws_cloudwatch_event_rule")]
    assert "module.web.aws_appautoscaling_policy.cpu[0]" in resources
    assert "module.first.aws_appautoscaling_policy.cpu[0]" not in resources


# The page for whoever is on call

ON_CALL = (PROJECT / "docs/aws.md").read_text().partition("## Whoever is on call\n")[2].partition("\n## ")[0]


def test_the_page_has_every_alarm_of_the_modules(resources: dict[str, dict[str, Any]]) -> None:
    alarms = {
        address: values["alarm_name"]
        for address, values in resources.items()
        if address.startswith("module.web.") and ".aws_cloudwatch_metric_alarm." in address
    }
    rows = re.findall(r"^\| (`<environment>-<name>-.*?`) \|", ON_CALL, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(.*?)`", row)]
    assert sorted(named) == sorted(name.replace("staging-web", "<environment>-<name>") for name in alarms.values())
    # Nor does another module have one.
    written = [
        (file.parent.name, label)
        for file in cli.MODULES.glob("*/*.tf")
        for label in re.findall(r'^resource "aws_cloudwatch_metric_alarm" "(\w+)"', file.read_text(), re.MULTILINE)
    ]
    planned = {re.sub(r"\[.*", "", address.rpartition(".aws_cloudwatch_metric_alarm.")[2]) for address in alarms}
    assert sorted(written) == [
        ("machine", "execution"),
        ("machine", "undelivered"),
        ("service", "http_5xx"),
        ("service", "unhealthy"),
    ]
    assert planned == {label for _, label in written}


def test_the_page_calls_things_by_their_names(resources: dict[str, dict[str, Any]]) -> None:
    made = {values.get("name") for address, values in resources.items() if address.startswith("module.web.")}
    for name in ("/pipegen/N/image", "/ecs/N", "N-published", "N-reconcile", "N-rollout-undelivered"):
        assert re.search(rf"(?<![\w/-]){name}(?![\w/-])|/{name}(?![\w/-])", ON_CALL), name
        assert re.sub(r"\bN\b", "staging-web", name) in made
    assert "stateMachine:N-rollout" in ON_CALL
    assert "staging-web-rollout" in made


# The first deployment


def test_the_bootstrap_task_answers_the_health_check(resources: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    busybox = shutil.which("busybox")
    if not busybox or "httpd" not in subprocess.run([busybox], capture_output=True, text=True, check=False).stdout:
        pytest.skip("busybox with httpd is not installed")
    (container,) = json.loads(resources["module.web.aws_ecs_task_definition.bootstrap"]["container_definitions"])
    environment = {each["name"]: each["value"] for each in container["environment"]}
    assert environment["PORT"] == "8085"
    assert container["portMappings"][0]["containerPort"] == 8085
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        environment["PORT"] = str(free.getsockname()[1])
    for applet in ("sh", "mkdir", "dirname", "httpd"):
        (tmp_path / applet).symlink_to(busybox)
    shell, option, script = container["command"]
    assert script.count("/www") == 3
    command = [str(tmp_path / shell), option, script.replace("/www", f"{tmp_path}/www")]
    with subprocess.Popen(command, env=environment | {"PATH": str(tmp_path)}) as server:
        try:
            assert _status(f"http://127.0.0.1:{environment['PORT']}/a/health?deep=1") == 200
        finally:
            server.terminate()


def _status(address: str) -> int:
    for _ in range(50):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.1)
    raise TimeoutError(address)


# All of it, applied


@pytest.mark.slow
def test_a_push_to_an_applied_service_is_deployed_and_leaves_terraform_nothing_to_do(tmp_path: Path) -> None:
    needs_terraform()
    with machines.imitation() as functions:
        calls = {"web": _service("staging-web", platform=_platform(functions))}
        terraform = Terraform(cli.root(tmp_path / "root", calls), functions.endpoint or "")
        terraform.init()
        terraform.apply()
        group = functions.client("codedeploy").get_deployment_group(
            applicationName="staging-web", deploymentGroupName="staging-web"
        )["deploymentGroupInfo"]
        assert group["deploymentStyle"]["deploymentType"] == "BLUE_GREEN"
        assert set(group["autoRollbackConfiguration"]["events"]) >= {"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"}
        termination = group["blueGreenDeploymentConfiguration"]["terminateBlueInstancesOnDeploymentSuccess"]
        assert termination == {"action": "TERMINATE", "terminationWaitTimeInMinutes": 15}
        assert group["ecsServices"] == [{"serviceName": "staging-web", "clusterName": "staging"}]

        # moto forgets some of what it is told, so that a plan is never quite empty.
        before = terraform.changes()
        web = Account(
            functions, terraform.resources(), "module.web.module.rollout", "module.web.module.container", "staging-web"
        )
        codedeploy = CodeDeploy(functions)
        functions.answers["codedeploy:getDeployment"] = codedeploy.get
        functions.answers["ecs:describeServices"] = codedeploy.services
        event = web.push("git-1", EVENT_AT)
        entry = {"Source": event["source"], "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"])}
        functions.client("events").put_events(Entries=[entry])
        machine = terraform.resources()["module.web.module.rollout.module.machine.aws_sfn_state_machine.this"]["arn"]
        (execution,) = functions.client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
        outcome = functions.ended(execution["executionArn"])
        assert outcome.output["result"] == "deployed"
        assert web.images("staging-web") == [web.image("git-1")]
        assert web.record()["tag"] == "git-1"
        assert len(_deployments(web)) == 1
        assert terraform.changes() == before


def _platform(functions: StepFunctions) -> dict[str, Any]:
    """What the organisation owns, made as it would."""
    ec2, balancing = functions.client("ec2"), functions.client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{REGION}{zone}")
        for number, zone in enumerate("ab")
    ]
    subnet_ids = [subnet["Subnet"]["SubnetId"] for subnet in subnets]
    (balancer,) = balancing.create_load_balancer(Name="staging", Subnets=subnet_ids)["LoadBalancers"]
    (listener,) = balancing.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )["Listeners"]
    functions.client("ecs").create_cluster(clusterName="staging")
    functions.client("ecr").create_repository(repositoryName="staging-web")
    functions.client("sns").create_topic(Name="staging-notifications")
    return PLATFORM | {
        "vpc_id": vpc,
        "subnet_ids": subnet_ids,
        "security_group_ids": [ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)["GroupId"]],
        "load_balancer": {
            "arn_suffix": balancer["LoadBalancerArn"].partition(":loadbalancer/")[2],
            "listener_arn": listener["ListenerArn"],
        },
    }
