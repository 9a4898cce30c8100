"""State machines as Step Functions runs them: those that terraform plans, in moto's interpreter with what it lacks.

moto has no engine for JSONata, and hands a service the arguments as they stand where AWS translates them. Both are
added here, as strictly as AWS has them: an expression that yields nothing is an error, and so is an argument in another
spelling. What moto's services cannot do, such as carry out a deployment, a test answers itself.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import boto3  # type: ignore[import-untyped]
import botocore.session  # type: ignore[import-untyped]
import pytest
from botocore.exceptions import ClientError, UnknownServiceError  # type: ignore[import-untyped]
from botocore.model import OperationModel, OperationNotFoundError, Shape  # type: ignore[import-untyped]
from cfnlint.api import lint  # type: ignore[import-untyped]
from jsonata import Jsonata  # type: ignore[import-untyped]
from moto import mock_aws
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.config import DefaultConfig, default_user_config
from moto.core.responses import ActionResult
from moto.events.models import Rule
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_aws_sdk
from moto.stepfunctions.parser.asl.eval import states, variable_store
from moto.stepfunctions.parser.asl.jsonata import jsonata
from moto.stepfunctions.responses import StepFunctionResponse

from . import account
from .cli import REGION, Terraform

Answer = Callable[[dict[str, Any]], dict[str, Any]]
_SDK = ":states:::aws-sdk:"
_LIMIT = 90  # seconds


def planned(terraform: Terraform) -> dict[str, dict[str, Any]]:
    """By address, what a plan would make, as far as it is known beforehand."""
    terraform.run("plan", "-input=false", "-parallelism=20", "-out=plan")
    changes = json.loads(terraform.run("show", "-json", "plan"))["resource_changes"]
    return {change["address"]: change["change"]["after"] for change in changes}


def definition(resources: Mapping[str, Mapping[str, Any]], module: str) -> dict[str, Any]:
    """The only state machine of `module`, a call of the root."""
    (found,) = [
        values["definition"]
        for address, values in resources.items()
        if address.startswith(f"module.{module}.") and ".aws_sfn_state_machine." in address
    ]
    machine: dict[str, Any] = json.loads(found)
    return machine


class Call(NamedTuple):
    """A call of a service by a state machine: `codedeploy:createDeployment`, and its arguments as AWS spells them."""

    action: str
    arguments: dict[str, Any]


class Outcome(NamedTuple):
    """How an execution ended: what it put out, or the error and its cause."""

    output: Any
    error: str | None
    cause: str | None


@dataclass
class StepFunctions:
    """An account in which state machines run.

    `answers` stand in for actions that moto cannot do; what is in `before` happens just before an action, which still
    takes place unless that raises an error.
    """

    calls: list[Call] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    before: dict[str, Callable[[], None]] = field(default_factory=dict)
    endpoint: str | None = None
    _clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """boto3's client of a service; each is made once, because that takes longer than what it is asked."""
        if service not in self._clients:
            new = account.client(service, self.endpoint) if self.endpoint else boto3.client(service, region_name=REGION)
            self._clients[service] = new
        return self._clients[service]

    def run(self, machine: Mapping[str, Any], given: Mapping[str, Any]) -> Outcome:
        """Execute a machine to its end. Its states wait for nothing."""
        made = self.client("stepfunctions").create_state_machine(
            name=f"machine-{time.time_ns()}",
            definition=json.dumps(hastened(machine)),
            roleArn=f"arn:aws:iam::{account.ID}:role/machine",
        )
        started = self.client("stepfunctions").start_execution(
            stateMachineArn=made["stateMachineArn"], input=json.dumps(given)
        )
        return self.ended(started["executionArn"])

    def ended(self, execution: str) -> Outcome:
        """How an execution ended, once it has."""
        for _ in range(_LIMIT * 20):
            found = self.client("stepfunctions").describe_execution(executionArn=execution)
            if found["status"] != "RUNNING":
                return Outcome(json.loads(found.get("output", "null")), found.get("error"), found.get("cause"))
            time.sleep(0.05)
        raise TimeoutError(f"{execution} still runs")

    def called(self, action: str) -> list[dict[str, Any]]:
        """The arguments of the calls of an action."""
        return [call.arguments for call in self.calls if call.action == action]


@contextmanager
def step_functions() -> Iterator[StepFunctions]:
    """An empty account, in this process."""
    with mock_aws(config=_EXECUTED), ExitStack() as patches:
        yield _executing(patches, StepFunctions())


@contextmanager
def imitation() -> Iterator[StepFunctions]:
    """An empty account that terraform can reach too, where an event starts the machines that its rules name."""
    with account.imitation() as endpoint, ExitStack() as patches:
        functions = _executing(patches, StepFunctions(endpoint=endpoint))

        def deliver(rule: Rule, event: Any, transform_input: bool = True) -> None:  # noqa: ARG001
            if rule.event_pattern.matches_event(event):
                given = json.dumps(event | {"time": datetime.fromtimestamp(event["time"], UTC).isoformat()})
                for target in (target["Arn"] for target in rule.targets if ":states:" in target["Arn"]):
                    functions.client("stepfunctions").start_execution(stateMachineArn=target, input=given)

        patches.enter_context(patch.dict(default_user_config, _EXECUTED))
        patches.enter_context(patch.object(Rule, "send_to_targets", deliver))
        # What the provider asks for, and moto has no answer to.
        for responses, method, answer in (
            (StepFunctionResponse, "validate_state_machine_definition", {"result": "OK", "diagnostics": []}),
            (StepFunctionResponse, "list_state_machine_versions", {"stateMachineVersions": []}),
            (ApplicationAutoScalingResponse, "list_tags_for_resource", {"Tags": {}}),
        ):
            answered = ActionResult(answer)
            patches.enter_context(patch.object(responses, method, lambda _, answered=answered: answered, create=True))
        yield functions


_EXECUTED: DefaultConfig = {"stepfunctions": {"execute_state_machine": True}}


def _executing(patches: ExitStack, functions: StepFunctions) -> StepFunctions:
    """moto with JSONata and with AWS's way of calling services."""

    def call(task: Any, *, env: Any, normalised_parameters: Any, **_: Any) -> None:
        name = f"{task.resource.api_name}:{task.resource.api_action}"
        functions.calls.append(Call(name, json.loads(json.dumps(normalised_parameters))))
        env.stack.append(_call(functions, name, normalised_parameters))

    task = state_task_service_aws_sdk.StateTaskServiceAwsSdk
    patches.enter_context(patch.object(task, "_eval_service_task", call))
    patches.enter_context(patch.object(task, "_from_error", _failure))
    patches.enter_context(patch.object(jsonata, "_eval_jsonata", _evaluate))
    for module in (states, variable_store):
        patches.enter_context(patch.object(module, "encode_jsonata_variable_declarations", _declarations))
    return functions


# JSONata


def _evaluate(expression: str) -> Any:
    try:
        found = Jsonata(expression).evaluate(None)
    except Exception as error:
        raise jsonata.JSONataException("UNKNOWN", str(error)) from error
    if found is None:
        raise jsonata.JSONataException("UNKNOWN", f"yields nothing: {expression}")
    return json.loads(json.dumps(found))


def _declarations(bindings: Mapping[str, Any]) -> str:
    """moto forgets to escape quotes in texts, and to write times as AWS does."""
    return "".join(f"{name}:={json.dumps(value, default=_time)};" for name, value in bindings.items())


def _time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


# Calls of services


def operation(action: str) -> OperationModel:
    """What botocore knows of an action, in the spelling of Step Functions: `ecs:describeServices`."""
    service, _, name = action.partition(":")
    names = {"sfn": "stepfunctions"}
    return _SESSION.get_service_model(names.get(service, service)).operation_model(name[0].upper() + name[1:])


_SESSION = botocore.session.get_session()


def _call(functions: StepFunctions, action: str, arguments: dict[str, Any]) -> dict[str, Any]:
    model = operation(action)
    known = to_service(arguments, model.input_shape)
    functions.before.get(action, lambda: None)()
    if answer := functions.answers.get(action):
        answered = answer(arguments)
        to_service(answered, model.output_shape, complete=False)
        return answered
    service = functions.client(model.service_model.service_name)
    method = {value: key for key, value in service.meta.method_to_api_mapping.items()}[model.name]
    found = getattr(service, method)(**known)
    found.pop("ResponseMetadata", None)
    result = _from_service(found, model.output_shape)
    return result if isinstance(result, dict) else {}


def to_service(value: Any, shape: Shape, *, complete: bool = True) -> Any:
    """Arguments as the service spells them. AWS takes only those that begin with a capital; keys of a map are data.

    Where the value is not `complete`, nothing required is missed.
    """
    if isinstance(value, str) and value.startswith("{%"):
        return value  # not yet evaluated
    if shape.type_name == "structure":
        names = {_pascal(name): name for name in shape.members}
        if unknown := sorted(set(value) - set(names)):
            raise ValueError(f"{shape.name} has no {', '.join(unknown)}")
        missing = sorted({_pascal(name) for name in shape.required_members} - set(value))
        if missing and complete:
            raise ValueError(f"{shape.name} needs {', '.join(missing)}")
        members = {names[name]: inner for name, inner in value.items()}
        return {name: to_service(inner, shape.members[name], complete=complete) for name, inner in members.items()}
    if shape.type_name == "list":
        return [to_service(inner, shape.member, complete=complete) for inner in value]
    if shape.type_name == "map":
        return {name: to_service(inner, shape.value, complete=complete) for name, inner in value.items()}
    return value


def _from_service(value: Any, shape: Shape) -> Any:
    if isinstance(value, dict) and shape.type_name == "structure":
        known = {name: inner for name, inner in value.items() if name in shape.members and inner is not None}
        return {_pascal(name): _from_service(inner, shape.members[name]) for name, inner in known.items()}
    if isinstance(value, dict):
        return {name: _from_service(inner, shape.value) for name, inner in value.items()}
    if isinstance(value, list):
        return [_from_service(inner, shape.member) for inner in value]
    if isinstance(value, datetime):
        return _time(value)
    return value


def _pascal(name: str) -> str:
    return name[0].upper() + name[1:]


_PREFIXES = {"codedeploy": "CodeDeploy", "sfn": "Sfn"}


def _failure(task: Any, env: Any, ex: Exception) -> Any:
    """The name of an error as AWS gives it: `Ecr.ImageNotFoundException`."""
    service = task.resource.api_name
    if isinstance(ex, ClientError):
        name = ex.response["Error"]["Code"].split("#")[-1]
        name = name if name.endswith("Exception") else f"{name}Exception"
        return task._get_task_failure_event(env, f"{_PREFIXES.get(service, service.capitalize())}.{name}", str(ex))
    return task._get_task_failure_event(env, type(ex).__name__, str(ex))


def hastened(machine: Mapping[str, Any]) -> dict[str, Any]:
    """The same machine, whose states wait for nothing, in maps and branches neither."""
    changed: dict[str, Any] = json.loads(
        json.dumps(machine), object_hook=lambda read: read | {"Seconds": 0} if read.get("Type") == "Wait" else read
    )
    return changed


def failure(code: str) -> ClientError:
    """An error of a service, to be raised by what stands in for it."""
    return ClientError({"Error": {"Code": code, "Message": "as the test wants it"}, "ResponseMetadata": {}}, "call")


# What is wrong with a definition


def complaints(machine: Mapping[str, Any]) -> list[str]:
    """What cfn-lint, asl-validator, and botocore's models of the services that it calls, find wrong with a machine."""
    properties = {"RoleArn": f"arn:aws:iam::{account.ID}:role/machine", "Definition": machine}
    template = {"Resources": {"Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}}}
    found = [match.message for match in lint(json.dumps(template), None, [REGION])]
    found += _by_asl_validator(machine) + _astray(machine)
    for name, task in tasks(machine).items():
        try:
            to_service(task["Arguments"], operation(action(task)).input_shape)
        except (OperationNotFoundError, UnknownServiceError, ValueError) as error:
            found.append(f"{name}: {error}")
    return found


def _by_asl_validator(machine: Mapping[str, Any]) -> list[str]:
    program = Path(__file__).parents[2] / "node_modules/.bin/asl-validator"
    if not program.exists():
        pytest.skip("node_modules is missing: run `npm ci`")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "machine.json")
        file.write_text(json.dumps(machine))
        run = subprocess.run([program, "--json-path", file], capture_output=True, text=True, check=False)
    return [] if run.returncode == 0 else [f"asl-validator: {run.stdout}{run.stderr}"]


def _astray(machine: Mapping[str, Any]) -> list[str]:
    """States that are named and missing, and states that nothing leads to: cfn-lint looks for neither."""
    states = machine["States"]
    ways = [way for state in states.values() for way in (state, *state.get("Choices", []), *state.get("Catch", []))]
    named = {machine["StartAt"]} | {way[key] for way in ways for key in ("Next", "Default") if key in way}
    return [f"there is no {name}" for name in sorted(named - set(states))] + [
        f"nothing leads to {name}" for name in sorted(set(states) - named)
    ]


def tasks(machine: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every state that calls a service, in maps and branches too, by its name."""
    found: dict[str, dict[str, Any]] = {}
    for name, state in machine["States"].items():
        if state["Type"] == "Task":
            found[name] = state
        for inner in (*state.get("Branches", []), *filter(None, [state.get("ItemProcessor")])):
            found |= tasks(inner)
    return found


def action(task: Mapping[str, Any]) -> str:
    """What a state calls: `ecs:describeServices`."""
    return str(task["Resource"]).partition(_SDK)[2]


def rights(machine: Mapping[str, Any]) -> set[str]:
    """The rights that its calls need, as IAM spells them: `ecs:DescribeServices`."""
    return {_right(action(task)) for task in tasks(machine).values()}


def granted(resources: Mapping[str, Mapping[str, Any]], module: str) -> set[str]:
    """The rights in the policies of a call of the root and of its modules."""
    documents = [
        values
        for address, values in resources.items()
        if address.startswith(f"module.{module}.") and ".aws_iam_policy_document." in address
    ]
    return {right for document in documents for statement in document["statement"] for right in statement["actions"]}


def _right(action: str) -> str:
    service, _, name = action.partition(":")
    return f"{service}:{_pascal(name)}"
