"""The page for whoever is on call: its commands are AWS's own, need the rights that it names, and freeze.

That its names are those of the modules stands in `test_service.py`.
"""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from typing import Any

import boto3  # type: ignore[import-untyped]
import jmespath  # type: ignore[import-untyped]
import pytest
from botocore import xform_name  # type: ignore[import-untyped]
from botocore.model import OperationModel  # type: ignore[import-untyped]
from botocore.session import get_session  # type: ignore[import-untyped]
from moto import mock_aws

from cases import PROJECT
from terraform.cli import REGION

PAGE = (PROJECT / "docs/aws.md").read_text().partition("## Whoever is on call\n")[2].partition("\n## ")[0]
OF_ALL_COMMANDS = {"--query", "--output", "--max-items", "--cli-input-json"}
# The command line's own, in its second version: https://docs.aws.amazon.com/cli/latest/reference/logs/tail.html.
TAIL = ["aws", "logs", "tail", "/ecs/N", "--since", "1h"]


def _commands() -> list[list[str]]:
    """Every command of the page, in words."""
    blocks = "".join(re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)).replace("\\\n", " ")
    lines = [*blocks.splitlines(), *re.findall(r"`(aws [a-z0-9]+ [a-z0-9-]+ [^`]*)`", PAGE)]
    return [shlex.split(line.partition(" > ")[0]) for line in lines]


COMMANDS = _commands()


@cache
def _operation(command: str, subcommand: str) -> OperationModel:
    renamed = {"deploy": "codedeploy", "s3api": "s3"}
    model = get_session().get_service_model(renamed.get(command, command))
    spelled = {_in_words(name): name for name in model.operation_names}
    return model.operation_model(spelled[subcommand])


def _in_words(name: str) -> str:
    """A name of the API as the command line spells it: `describe-images`."""
    return str(xform_name(name, "-"))


def _right(command: str, subcommand: str) -> str:
    service = {"deploy": "codedeploy", "s3api": "s3", "stepfunctions": "states"}.get(command, command)
    return f"{service}:{_operation(command, subcommand).name}"


def test_every_command_of_the_page_is_taken_by_aws() -> None:
    assert len(COMMANDS) >= 18
    for words in COMMANDS:
        if words == TAIL:
            continue
        program, command, subcommand, *rest = words
        shape = _operation(command, subcommand).input_shape
        known = {f"--{_in_words(member)}": member for member in shape.members}
        given = {word for word in rest if word.startswith("--")}
        assert program == "aws"
        assert given <= known.keys() | OF_ALL_COMMANDS, words
        if "--cli-input-json" not in given:
            assert {known.get(word) for word in given} >= set(shape.required_members), words


def test_every_query_of_the_page_finds_members_of_the_answer() -> None:
    asked = 0
    for words in COMMANDS:
        if "--query" in words:
            members = re.findall(r"[A-Za-z]+", words[words.index("--query") + 1].replace("sort_by", ""))
            answer = _operation(words[1], words[2]).output_shape
            assert [member for member in members if member not in _members(answer) | {"DISABLED"}] == [], words
            asked += 1
    assert asked >= 6


def _members(shape: Any, depth: int = 0) -> set[str]:
    """The members of a shape, and those below them."""
    if shape is None or depth > 5:
        return set()
    if shape.type_name == "list":
        return _members(shape.member, depth + 1)
    if shape.type_name != "structure":
        return set()
    return set(shape.members) | {name for inner in shape.members.values() for name in _members(inner, depth + 1)}


def test_the_rights_that_the_page_names_are_those_of_its_commands() -> None:
    named = set(
        re.findall(r"`([a-z0-9]+:[A-Z][A-Za-z]+)`", PAGE.partition("These commands need:")[2].partition("\n\n")[0])
    )
    needed = {_right(words[1], words[2]) for words in COMMANDS if words != TAIL}
    # Another name in IAM, what `tail` calls, and what is asked of whoever changes a schedule that has a role.
    needed = needed - {"s3:ListObjectsV2"} | {"s3:ListBucket", "logs:FilterLogEvents", "iam:PassRole"}
    assert named == needed


def test_every_input_that_the_page_shows_is_one_that_a_machine_takes() -> None:
    shown = [json.loads(text) for text in re.findall(r"[`'](\{(?:\"[^`']*)?\})[`']", PAGE)]
    assert len(shown) >= 8
    assert {key for one in shown for key in one} == {"tag", "force", "ignore_alarms", "package"}


@pytest.fixture
def schedule() -> Any:
    """EventBridge's scheduler, with the schedule of a machine."""
    with mock_aws():
        client = boto3.client("scheduler", region_name=REGION)
        client.create_schedule(
            Name="N-reconcile",
            Description="Rolls out N where an event was lost",
            ScheduleExpression="rate(1 hour)",
            FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15},
            Target={
                "Arn": f"arn:aws:states:{REGION}:123456789012:stateMachine:N-rollout",
                "RoleArn": "arn:aws:iam::123456789012:role/N-start",
                "Input": json.dumps({"reconcile": True}),
                "RetryPolicy": {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 20},
            },
        )
        yield client


def test_to_freeze_turns_the_schedule_off_and_leaves_the_rest_as_it_is(schedule: Any) -> None:
    (read,) = [words for words in COMMANDS if words[1:3] == ["scheduler", "get-schedule"]]
    name = read[read.index("--name") + 1]
    before = schedule.get_schedule(Name=name)
    schedule.update_schedule(**jmespath.search(read[read.index("--query") + 1], before))
    after = schedule.get_schedule(Name=name)
    assert (before["State"], after["State"]) == ("ENABLED", "DISABLED")
    kept = ("Description", "ScheduleExpression", "FlexibleTimeWindow", "Target")
    assert [after[key] for key in kept] == [before[key] for key in kept]
