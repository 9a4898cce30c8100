"""A data task is made ready for its next run, and is not run: the compiled state machine, executed on moto.

Nothing here proves that AWS does as moto, which takes the place of ECR, ECS, SSM, SNS and Step Functions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moto.ecs.models import ecs_backends
from moto.sns.models import sns_backends

from terraform import iam, images, machines
from terraform.account import ID
from terraform.cli import REGION, Terraform, TerraformError, needs_terraform, root
from terraform.images import Account
from terraform.machines import Call, Outcome, StepFunctions

NAME = "production-collection"
REPOSITORY = images.repository(NAME)
FAMILY = f"{NAME}-task"
FURTHER = ["nightly-collection", "weekly-collection"]
TOPIC = f"arn:aws:sns:{REGION}:{ID}:production-notifications"
TASK: dict[str, Any] = {
    "source": "task",
    "family": FAMILY,
    "container": "collection",
    "cpu": 1024,
    "memory": 2048,
    "platform": {"boundary": None},
    "repository": REPOSITORY,
}
MODULES = {
    "task": {**TASK, "name": NAME, "families": FURTHER, "notifications": {"topic_arn": TOPIC}},
    "plain": {**TASK, "name": f"{NAME}-plain"},
}
SIX, SEVEN = "2026-11-20T06:00:00Z", "2026-11-20T07:00:00Z"
RECONCILE = {"reconcile": True}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The resources of a task whose image others use, and of one that is alone and tells nobody, by address."""
    needs_terraform()
    with machines.imitation() as aws:
        for family in FURTHER:
            _register(aws, family)
        terraform = Terraform(root(tmp_path_factory.mktemp("task"), MODULES), aws.endpoint or "")
        terraform.init()
        # Without the queue, for which the provider would wait half a minute.
        kinds = ["aws_sfn_state_machine.this", "aws_cloudwatch_event_rule.this"]
        targets = [f"-target=module.{name}.module.rollout.module.machine.{kind}" for name in MODULES for kind in kinds]
        terraform.run("apply", "-auto-approve", *targets)
        return terraform.resources()


@pytest.fixture
def aws() -> Iterator[StepFunctions]:
    with machines.step_functions() as functions:
        yield functions


@pytest.fixture
def task(made: dict[str, dict[str, Any]], aws: StepFunctions) -> Iterator[Account]:
    aws.client("sns").create_topic(Name=TOPIC.rpartition(":")[2])
    for family in FURTHER:
        _register(aws, family)
    yield _account(aws, made, "task")
    _check_calls(_policy(made, "task"), aws.calls)


def _account(aws: StepFunctions, made: dict[str, dict[str, Any]], name: str) -> Account:
    account = Account(aws, made, rollout=f"module.{name}.module.rollout", container=f"module.{name}.module.container")
    account.make(NAME)
    return account


def _policy(made: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    policy: dict[str, Any] = json.loads(
        made[f"module.{name}.module.rollout.module.machine.aws_iam_role_policy.this"]["policy"]
    )
    return policy


# CD-D2: the next run has the new code


def test_CD_D2_a_pushed_image_makes_a_revision_of_every_family_that_uses_it(task: Account, aws: StepFunctions) -> None:
    done = task.run(task.push("git-1", SIX))
    assert done.output["result"] == "ready"
    assert "@sha256:" in task.image("git-1")
    for family in (FAMILY, *FURTHER):
        assert _newest(aws, family)["containerDefinitions"][0]["image"] == task.image("git-1")


def test_nothing_else_of_a_further_family_changes(task: Account, aws: StepFunctions) -> None:
    before = _newest(aws, FURTHER[0])
    task.run(task.push("git-1", SIX))
    after = _newest(aws, FURTHER[0])
    assert after["revision"] == before["revision"] + 1
    before["containerDefinitions"][0]["image"] = task.image("git-1")
    own = {"taskDefinitionArn", "revision", "registeredAt"}
    assert {key: after[key] for key in after.keys() - own} == {key: before[key] for key in before.keys() - own}
    assert _tags(aws, FURTHER[0]) == [{"key": "owner", "value": "somebody"}]


def test_whoever_runs_a_family_without_a_revision_gets_the_image(task: Account, aws: StepFunctions) -> None:
    for tag, at in (("git-1", SIX), ("git-2", SEVEN)):
        task.run(task.push(tag, at))
        for family in FURTHER:
            assert _image_of_a_run(aws, family) == task.image(tag)


def test_an_event_that_comes_twice_makes_one_revision(task: Account, aws: StepFunctions) -> None:
    event = task.push("git-1", SIX)
    first, second = task.run(event), task.run(event)
    assert _results(first) == dict.fromkeys(FURTHER, "updated")
    assert _results(second) == dict.fromkeys(FURTHER, "current")
    assert [_newest(aws, family)["revision"] for family in (FAMILY, *FURTHER)] == [1, 2, 2]


def test_an_event_that_comes_late_does_not_bring_an_older_image_back(task: Account, aws: StepFunctions) -> None:
    late = task.push("git-1", SIX)
    task.run(task.push("git-2", SEVEN))
    task.run(late)
    for family in (FAMILY, *FURTHER):
        assert _newest(aws, family)["containerDefinitions"][0]["image"] == task.image("git-2")


def test_a_lost_event_is_made_up_for_within_the_hour(task: Account, aws: StepFunctions) -> None:
    task.run(task.push("git-1", SIX))
    task.push("git-2", SEVEN)
    task.run(RECONCILE)
    for family in (FAMILY, *FURTHER):
        assert _newest(aws, family)["containerDefinitions"][0]["image"] == task.image("git-2")


def test_a_family_that_somebody_registers_again_has_the_image_within_the_hour(
    task: Account, aws: StepFunctions
) -> None:
    task.run(task.push("git-1", SIX))
    _register(aws, FURTHER[1])
    assert _results(task.run(RECONCILE)) == {FURTHER[0]: "current", FURTHER[1]: "updated"}
    assert _newest(aws, FURTHER[1])["containerDefinitions"][0]["image"] == task.image("git-1")


def test_an_earlier_image_asked_for_by_hand_stays(task: Account, aws: StepFunctions) -> None:
    for tag, at in (("git-1", SIX), ("git-2", SEVEN)):
        task.run(task.push(tag, at))
    task.run({"tag": "git-1"})
    task.run(RECONCILE)
    for family in (FAMILY, *FURTHER):
        assert _newest(aws, family)["containerDefinitions"][0]["image"] == task.image("git-1")


@pytest.mark.parametrize("other", ["example.com/other:1", f"{REPOSITORY['url']}-2:latest"])
def test_a_family_that_does_not_use_the_image_is_left_alone_and_named(
    task: Account, aws: StepFunctions, other: str
) -> None:
    before = _register(aws, FURTHER[0], other)
    done = task.run(task.push("git-1", SIX))
    assert done.error == "FamilyNotUpdated"
    assert done.cause == f"{FURTHER[0]}: none of its containers uses {REPOSITORY['url']}"
    assert _newest(aws, FURTHER[0])["revision"] == before
    assert _newest(aws, FURTHER[1])["containerDefinitions"][0]["image"] == task.image("git-1")


def test_a_family_that_is_gone_keeps_no_other_from_the_image(task: Account, aws: StepFunctions) -> None:
    del ecs_backends[ID][REGION].task_definitions[FURTHER[0]]
    done = task.run(task.push("git-1", SIX))
    assert (done.error, str(done.cause).partition(":")[0]) == ("FamilyNotUpdated", FURTHER[0])
    assert _newest(aws, FURTHER[1])["containerDefinitions"][0]["image"] == task.image("git-1")


def test_a_family_must_be_there_when_terraform_plans(tmp_path_factory: pytest.TempPathFactory) -> None:
    needs_terraform()
    with machines.imitation() as aws:
        terraform = Terraform(root(tmp_path_factory.mktemp("absent"), {"task": MODULES["task"]}), aws.endpoint or "")
        terraform.init()
        with pytest.raises(TerraformError, match=FURTHER[0]):
            machines.planned(terraform)


def test_a_task_may_be_alone(aws: StepFunctions, made: dict[str, dict[str, Any]]) -> None:
    plain = _account(aws, made, "plain")
    assert plain.run(plain.push("git-1", SIX)).output["result"] == "ready"
    assert plain.run(RECONCILE).output["families"] == []
    assert _newest(aws, FAMILY)["containerDefinitions"][0]["image"] == plain.image("git-1")
    _check_calls(_policy(made, "plain"), aws.calls)


@pytest.mark.slow
def test_terraform_has_nothing_to_mend_after_an_update(tmp_path: Path) -> None:
    """All of the module is made, and an image is rolled out."""
    needs_terraform()
    with machines.imitation() as aws:
        for family in FURTHER:
            _register(aws, family)
        terraform = Terraform(root(tmp_path / "root", {"task": MODULES["task"]}), aws.endpoint or "")
        terraform.init()
        terraform.apply()
        before = terraform.changes()
        aws.client("ecr").create_repository(repositoryName=NAME)
        event = Account(aws, {}, rollout="", container="", repository=NAME).push("git-1", SIX)
        machine = aws.client("stepfunctions").list_state_machines()["stateMachines"][0]["stateMachineArn"]
        started = aws.client("stepfunctions").start_execution(
            stateMachineArn=machine, name="it", input=json.dumps(event)
        )
        assert aws.ended(started["executionArn"]).output["result"] == "ready"
        assert "@sha256:" in _newest(aws, FAMILY)["containerDefinitions"][0]["image"]
        assert terraform.changes() == before == []


# What is told


def test_the_channel_is_told_what_is_ready_to_run(task: Account) -> None:
    event = task.push("git-1", SIX)
    task.run(event)
    task.run(event)
    updated = "\n".join(f"{family}: updated" for family in FURTHER)
    assert _told() == [(f"{NAME}: ready to run", f"The next run of {FAMILY} uses git-1.\n{updated}")]


def test_the_channel_is_told_also_where_only_the_own_family_is_new(task: Account, aws: StepFunctions) -> None:
    event = task.push("git-1", SIX)
    for family in FURTHER:
        _register(aws, family, task.image("git-1"))
    task.run(event)
    ((title, _),) = _told()
    assert title == f"{NAME}: ready to run"


def test_the_channel_is_told_which_family_failed(task: Account, aws: StepFunctions) -> None:
    _register(aws, FURTHER[0], "example.com/other:1")
    task.run(task.push("git-1", SIX))
    ((title, text),) = _told()
    assert title == f"{NAME}: not every task definition has the new image"
    assert f"{FURTHER[0]}: failed (none of its containers uses {REPOSITORY['url']})" in text


def test_a_topic_that_is_gone_changes_nothing(task: Account, aws: StepFunctions) -> None:
    aws.client("sns").delete_topic(TopicArn=TOPIC)
    assert task.run(task.push("git-1", SIX)).output["result"] == "ready"


# CD-D1: publishing never runs it


def test_CD_D1_nothing_is_started(task: Account, aws: StepFunctions) -> None:
    aws.client("ecs").create_cluster(clusterName="default")
    task.run(task.push("git-1", SIX))
    task.run({"tag": "git-1", "force": True})
    task.run(RECONCILE)
    assert aws.client("ecs").list_tasks()["taskArns"] == []
    assert {call.action for call in aws.calls} == {
        "ecr:describeImages",
        "ecs:describeTaskDefinition",
        "ecs:registerTaskDefinition",
        "sns:publish",
        "ssm:getParameter",
        "ssm:putParameter",
    }


def test_nobody_is_allowed_to_run_a_task(made: dict[str, dict[str, Any]]) -> None:
    policies = [json.loads(values["policy"]) for values in made.values() if {"policy", "role"} <= values.keys()]
    actions = {action for policy in policies for action in iam.granted(policy)}
    assert len(policies) >= 2 * len(MODULES)
    assert not [action for action in actions if "*" in action]
    assert not [action for action in actions if action.split(":")[0] in ("states", "events", "scheduler", "lambda")]
    assert {action for action in actions if action.startswith("ecs:")} == {
        "ecs:DescribeTaskDefinition",
        "ecs:RegisterTaskDefinition",
        "ecs:TagResource",
    }


def test_only_the_roles_of_these_families_can_be_passed_and_only_to_tasks(made: dict[str, dict[str, Any]]) -> None:
    roles = iam.granted(_policy(made, "task"))["iam:PassRole"]
    own = {f"arn:aws:iam::{ID}:role/{NAME}-{role}" for role in ("execution", "task")}
    further = {f"arn:aws:iam::{ID}:role/{family}-{role}" for family in FURTHER for role in ("execution", "task")}
    assert roles == own | further
    for role in roles:
        for service, allowed in (("ecs-tasks", True), ("lambda", False)):
            context = {"iam:PassedToService": f"{service}.amazonaws.com"}
            assert iam.allows(_policy(made, "task"), "iam:PassRole", role, context=context) is allowed


def _check_calls(policy: dict[str, Any], calls: list[Call]) -> None:
    """Whatever the machine called, its role may call, of just that resource."""
    assert calls
    for call in calls:
        for action, resource, context in _asked(*call):
            assert iam.allows(policy, action, resource, context=context), (action, resource)
            others = re.sub(r"([^/:]+)$", r"of-others-\1", resource.removesuffix(":1")) + ":1" * resource.endswith(":1")
            assert resource == "*" or not iam.allows(policy, action, others, context=context), (action, others)


def _asked(call: str, given: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The rights that a call needs: the action, the resource, and what AWS knows of the request."""
    service, _, operation = call.partition(":")
    action = f"{service}:{operation[0].upper()}{operation[1:]}"
    if service == "ecr":
        yield action, REPOSITORY["arn"], {}
    if service == "ssm":
        yield action, f"arn:aws:ssm:{REGION}:{ID}:parameter{given['Name']}", {}
    if service == "sns":
        yield action, given["TopicArn"], {}
    if operation == "describeTaskDefinition":
        yield action, "*", {}
    if operation == "registerTaskDefinition":
        revision = f"arn:aws:ecs:{REGION}:{ID}:task-definition/{given['Family']}:1"
        yield action, revision, {}
        yield "ecs:TagResource", revision, {"ecs:CreateAction": "RegisterTaskDefinition"}


# Helpers


def _register(aws: StepFunctions, family: str, image: str = f"{REPOSITORY['url']}:latest") -> int:
    """A task definition of the organisation's. Returns its revision."""
    made = aws.client("ecs").register_task_definition(
        family=family,
        cpu="512",
        memory="1024",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        executionRoleArn=f"arn:aws:iam::{ID}:role/{family}-execution",
        taskRoleArn=f"arn:aws:iam::{ID}:role/{family}-task",
        containerDefinitions=[
            {"name": "main", "image": image, "memory": 512, "command": ["run", 'it\'s "all"']},
            {"name": "beside", "image": "example.com/beside:1", "memory": 512, "essential": False},
        ],
        tags=[{"key": "owner", "value": "somebody"}],
    )
    return int(made["taskDefinition"]["revision"])


def _newest(aws: StepFunctions, family: str) -> dict[str, Any]:
    found: dict[str, Any] = aws.client("ecs").describe_task_definition(taskDefinition=family)["taskDefinition"]
    return found


def _tags(aws: StepFunctions, family: str) -> Any:
    return aws.client("ecs").describe_task_definition(taskDefinition=family, include=["TAGS"])["tags"]


def _image_of_a_run(aws: StepFunctions, family: str) -> Any:
    """Run a task as a scheduler does, by its family."""
    aws.client("ecs").create_cluster(clusterName="default")
    network = {
        "awsvpcConfiguration": {
            "subnets": [aws.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]],
            "securityGroups": [],
        }
    }
    started = aws.client("ecs").run_task(taskDefinition=family, launchType="FARGATE", networkConfiguration=network)
    return _newest(aws, started["tasks"][0]["taskDefinitionArn"])["containerDefinitions"][0]["image"]


def _results(done: Outcome) -> dict[str, str]:
    return {family["family"]: family["result"] for family in done.output["families"]}


def _told() -> list[tuple[str, str]]:
    """The messages of the topic: title and text."""
    topic: Any = sns_backends[ID][REGION].topics[TOPIC]
    contents = [json.loads(message)["content"] for _, message, *_ in topic.sent_notifications]
    return [(content["title"], content["description"]) for content in contents]
