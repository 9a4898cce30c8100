"""A pushed image becomes a revision of the task definition: the compiled state machine, executed.

The imitation of AWS is moto's. It does not prove that AWS delivers events, or that the machine's role suffices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from terraform import cli, images, machines
from terraform.cli import Terraform, needs_terraform
from terraform.images import Account

NAME = "staging-web"
REPOSITORY = images.repository(NAME)
FAMILY = "web"


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What terraform plans for a container and its rollout, which ends when the revision is registered."""
    needs_terraform()
    container = {"name": NAME, "family": FAMILY, "container": "web", "cpu": 256, "memory": 512}
    container |= {"variables": {"QUOTES": 'it\'s "so"'}, "command": ["run", "--all"]}
    deploy = {"Deploy": {"Type": "Succeed", "Output": {"result": "deployed", "revision": "{% $taskDefinition %}"}}}
    calls = {
        "container": {"source": "container", "repository": REPOSITORY, **container},
        "rollout": {
            "source": "rollout",
            "name": NAME,
            "repository": REPOSITORY,
            "container": "${module.container}",
            "deploy_states": json.dumps(deploy),
            "deploy_policy": json.dumps({"Version": "2012-10-17", "Statement": []}),
        },
    }
    with machines.imitation() as functions:
        terraform = Terraform(cli.root(tmp_path_factory.mktemp("rollout") / "root", calls), functions.endpoint or "")
        terraform.init()
        return machines.planned(terraform)


@pytest.fixture
def aws(resources: dict[str, dict[str, Any]]) -> Iterator[Account]:
    with machines.step_functions() as functions:
        made = Account(functions, resources, rollout="module.rollout", container="module.container")
        made.make(NAME)
        yield made


# What starts it


def test_a_pushed_image_starts_it(aws: Account) -> None:
    assert aws.starts(aws.push("git-1", "2026-11-01T10:00:00Z"))


@pytest.mark.parametrize(
    "other",
    [
        {"image-tag": "latest"},
        {"repository-name": "staging-web-2"},
        {"action-type": "DELETE"},
        {"result": "FAILURE"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_no_other_event_starts_it(aws: Account, other: dict[str, str]) -> None:
    event = aws.push("git-1", "2026-11-01T10:00:00Z")
    assert not aws.starts(event | {"detail": event["detail"] | other})


def test_it_also_runs_every_hour(aws: Account) -> None:
    schedule = aws.resources["module.rollout.module.machine.aws_scheduler_schedule.reconcile[0]"]
    assert schedule["schedule_expression"] == "rate(1 hour)"
    assert json.loads(schedule["target"][0]["input"]) == {"reconcile": True}


# What it registers


def test_the_revision_is_the_template_with_the_image_by_digest(aws: Account) -> None:
    outcome = aws.run(aws.push("git-1", "2026-11-01T10:00:00Z"))
    client = aws.functions.client("ecs")
    made = client.describe_task_definition(taskDefinition=outcome.output["revision"], include=["TAGS"])
    template = client.describe_task_definition(taskDefinition=f"{FAMILY}-template")["taskDefinition"]
    web, beside = made["taskDefinition"]["containerDefinitions"]
    assert web["image"] == aws.image("git-1")
    assert template["containerDefinitions"][0]["image"] == f"{REPOSITORY['url']}:unpublished"
    assert [web | {"image": ""}, beside] == [
        template["containerDefinitions"][0] | {"image": ""},
        template["containerDefinitions"][1],
    ]
    own = {"taskDefinitionArn", "family", "revision", "containerDefinitions", "registeredAt"}
    assert {key: value for key, value in made["taskDefinition"].items() if key not in own} == {
        key: value for key, value in template.items() if key not in own
    }
    assert made["taskDefinition"]["family"] == FAMILY
    assert made["tags"] == [{"key": "owner", "value": "somebody"}]


def test_whoever_runs_the_family_gets_the_image(aws: Account) -> None:
    aws.run(aws.push("git-1", "2026-11-01T10:00:00Z"))
    found = aws.functions.client("ecs").describe_task_definition(taskDefinition=FAMILY)["taskDefinition"]
    assert found["containerDefinitions"][0]["image"].endswith(aws.digest("git-1"))


# What it does again, and what it does not


def test_an_event_that_comes_twice_is_handled_once(aws: Account) -> None:
    event = aws.push("git-1", "2026-11-01T10:00:00Z")
    assert aws.run(event).output["result"] == "deployed"
    assert aws.run(event).output["result"] == "already-rolled-out"
    assert len(aws.images(FAMILY)) == 1


def test_an_event_that_comes_late_does_not_bring_back_the_old(aws: Account) -> None:
    old, new = aws.push("git-1", "2026-11-01T10:00:00Z"), aws.push("git-2", "2026-11-01T10:00:00.500Z")
    assert aws.run(new).output["result"] == "deployed"
    assert aws.run(old).output["result"] == "superseded"
    assert aws.images(FAMILY) == [aws.image("git-2")]


def test_an_old_commit_that_is_published_again_is_deployed(aws: Account) -> None:
    old, new = aws.push("git-1", "2026-11-01T10:00:00Z"), aws.push("git-2", "2026-11-01T11:00:00Z")
    aws.run(old)
    aws.run(new)
    assert aws.run(old | {"time": "2026-11-01T12:00:00Z"}).output["result"] == "deployed"
    assert aws.images(FAMILY)[-1].endswith(aws.digest("git-1"))
    assert aws.run({"reconcile": True}).output["result"] == "already-rolled-out"


def test_a_lost_event_is_made_up_for(aws: Account) -> None:
    aws.push("git-1", "2026-11-01T10:00:00Z")
    aws.push("git-2", "2026-11-01T12:00:00Z")
    aws.push("git-0", "2026-11-01T11:00:00Z")
    aws.push("latest", "2026-11-01T13:00:00Z")
    assert aws.run({"reconcile": True}).output["result"] == "deployed"
    assert aws.images(FAMILY) == [aws.image("git-2")]
    assert aws.record()["tag"] == "git-2"
    assert aws.run({"reconcile": True}).output["result"] == "already-rolled-out"


def test_the_hourly_run_does_nothing_before_the_first_image(aws: Account) -> None:
    assert aws.run({"reconcile": True}).output == {"result": "nothing-published"}
    assert aws.run({"force": True}).output == {"result": "nothing-published"}
    assert not aws.images(FAMILY)


def test_a_changed_template_is_rolled_out_with_the_same_image(aws: Account) -> None:
    aws.run(aws.push("git-1", "2026-11-01T10:00:00Z"))
    template = aws.change_template(cpu="1024")
    outcome = aws.run({"reconcile": True})
    made = aws.functions.client("ecs").describe_task_definition(taskDefinition=outcome.output["revision"])
    assert made["taskDefinition"]["cpu"] == "1024"
    assert aws.images(FAMILY) == [aws.image("git-1")] * 2
    assert aws.record()["template"] == template
    assert aws.run({"reconcile": True}).output["result"] == "already-rolled-out"


def test_force_rolls_out_again(aws: Account) -> None:
    aws.run(aws.push("git-1", "2026-11-01T10:00:00Z"))
    assert aws.run({"force": True}).output["result"] == "deployed"
    assert aws.images(FAMILY) == [aws.image("git-1")] * 2


# The way back


def test_a_tag_brings_back_an_earlier_image_until_the_next_push(aws: Account) -> None:
    aws.run(aws.push("git-1", "2026-11-01T10:00:00Z"))
    aws.run(aws.push("git-2", "2026-11-01T11:00:00Z"))
    assert aws.run({"tag": "git-1"}).output["result"] == "deployed"
    assert aws.record()["tag"] == "git-1"
    assert aws.run({"reconcile": True}).output["result"] == "already-rolled-out"
    later = datetime.now(UTC).replace(year=2100).isoformat()
    assert aws.run(aws.push("git-3", later)).output["result"] == "deployed"
    assert aws.images(FAMILY) == [aws.image(tag) for tag in ("git-1", "git-2", "git-1", "git-3")]


def test_after_the_way_back_a_changed_template_keeps_the_earlier_image(aws: Account) -> None:
    aws.run(aws.push("git-1", "2026-11-01T10:00:00Z"))
    aws.run(aws.push("git-2", "2026-11-01T11:00:00Z"))
    aws.run({"tag": "git-1"})
    aws.change_template(cpu="1024")
    assert aws.run({"reconcile": True}).output["result"] == "deployed"
    assert aws.images(FAMILY)[-1].endswith(aws.digest("git-1"))


def test_an_unknown_tag_fails_and_changes_nothing(aws: Account) -> None:
    aws.run(aws.push("git-1", "2026-11-01T10:00:00Z"))
    before = aws.record()
    assert aws.run({"tag": "git-never"}).error == "Ecr.ImageNotFoundException"
    assert aws.record() == before
    assert len(aws.images(FAMILY)) == 1


# Two at once


def test_the_older_of_two_gives_way(aws: Account) -> None:
    event = aws.push("git-1", "2026-11-01T10:00:00Z")
    aws.push("git-2", "2026-11-01T10:00:01Z")
    aws.functions.before["ecs:registerTaskDefinition"] = lambda: aws.write("git-2", "2026-11-01T10:00:01Z")
    assert aws.run(event).output["result"] == "superseded"
    assert aws.record()["tag"] == "git-2"


def test_the_newer_of_two_goes_on_when_the_older_one_wrote_last(aws: Account) -> None:
    aws.push("git-1", "2026-11-01T10:00:00Z")
    event = aws.push("git-2", "2026-11-01T10:00:01Z")

    def overwrite() -> None:
        del aws.functions.before["ecs:registerTaskDefinition"]
        aws.write("git-1", "2026-11-01T10:00:00Z")

    aws.functions.before["ecs:registerTaskDefinition"] = overwrite
    assert aws.run(event).output["result"] == "deployed"
    assert aws.record()["tag"] == "git-2"


def test_a_call_that_fails_for_a_moment_is_made_again(aws: Account) -> None:
    def fail() -> None:
        del aws.functions.before["ecs:describeTaskDefinition"]
        raise machines.failure("ServerException")

    aws.functions.before["ecs:describeTaskDefinition"] = fail
    assert aws.run(aws.push("git-1", "2026-11-01T10:00:00Z")).output["result"] == "deployed"


# What it is


def test_nothing_is_wrong_with_the_definition(resources: dict[str, dict[str, Any]]) -> None:
    assert not machines.complaints(machines.definition(resources, "rollout"))


@pytest.mark.parametrize(
    ("state", "change", "said"),
    [
        ("ReadTemplate", {"Next": "Nowhere"}, "Nowhere"),
        ("ReadTemplate", {"Next": "Nowhere"}, "asl-validator"),
        ("ReadTemplate", {"Next": "Decide"}, "nothing leads to WhichImage"),
        ("ReadTemplate", {"InputPath": "$"}, "InputPath"),
        ("ReadTemplate", {"Resource": "arn:aws:states:::aws-sdk:ecs:describeTask"}, "DescribeTask"),
        ("ReadTemplate", {"Arguments": {"taskDefinition": "x"}}, "taskDefinition"),
        ("ReadTemplate", {"Arguments": {}}, "needs TaskDefinition"),
        ("Record", {"Arguments": {"Name": "x", "Value": "y", "Overwritten": True}}, "Overwritten"),
    ],
)
def test_a_mistake_in_the_definition_is_found(
    resources: dict[str, dict[str, Any]], state: str, change: dict[str, Any], said: str
) -> None:
    machine = machines.definition(resources, "rollout")
    machine["States"][state] |= change
    assert any(said in complaint for complaint in machines.complaints(machine))


def test_its_role_has_the_rights_that_it_needs_and_no_other(resources: dict[str, dict[str, Any]]) -> None:
    needed = machines.rights(machines.definition(resources, "rollout"))
    document = "module.rollout.data.aws_iam_policy_document.this"
    granted = machines.granted({document: resources[document]}, "rollout")
    assert granted == needed | {"ecs:TagResource", "iam:PassRole"}
