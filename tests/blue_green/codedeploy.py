"""A stand-in for CodeDeploy: it carries out, with real containers, the deployments that moto only writes down.

It gives new tasks all the time that they want, where CodeDeploy gives them an hour: the state machine is to stop it.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from terraform import machines
from terraform.machines import StepFunctions

from .balancer import LoadBalancer
from .clock import scaled
from .tasks import Engine

_PATIENCE = 120  # seconds


class _StopError(Exception):
    """A deployment ends early. It says for which event, as deployment groups name them."""


@dataclass
class Deployment:
    """A deployment. It is `stable` once its tasks are."""

    id: str
    status: str = "InProgress"
    stable: bool = False
    to_stop: Event = field(default_factory=Event)
    work: Future[None] | None = None

    def end(self) -> str:
        """Wait for the end. Returns the status."""
        assert self.work
        self.work.result(_PATIENCE)
        return self.status


class CodeDeploy:
    """The deployment group of a service, as terraform plans it for `module`, a call of the root."""

    def __init__(
        self, functions: StepFunctions, resources: Mapping[str, Mapping[str, Any]], module: str, engine: Engine
    ) -> None:
        self.deployments: list[Deployment] = []
        self._functions, self._resources, self._module, self._engine = functions, resources, module, engine
        self._states = machines.definition(resources, module)["States"]
        self._group = self._planned("aws_codedeploy_deployment_group.this")
        groups = {colour: self._planned(f'aws_lb_target_group.this["{colour}"]') for colour in ("blue", "green")}
        self.balancer = LoadBalancer(self._planned("aws_lb_listener_rule.this"), groups)
        self._one = Lock()
        self._workers = ThreadPoolExecutor()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Answer the state machines, and let requests in."""
        self._functions.answers |= {
            "codedeploy:createDeployment": self._create,
            "codedeploy:getDeployment": self._get,
            "codedeploy:stopDeployment": self._stop,
            "ecs:describeServices": self._services,
        }
        with self.balancer.listening():
            try:
                yield
            finally:
                for deployment in self.deployments:
                    deployment.to_stop.set()
                self._workers.shutdown()

    def bootstrap(self) -> None:
        """Start what the service runs when terraform has made it, and wait until it is healthy."""
        (container,) = json.loads(self._planned("aws_ecs_task_definition.bootstrap")["container_definitions"])
        (balanced,) = self._planned("aws_ecs_service.this")["load_balancer"]
        assert _place(container) == (balanced["container_name"], balanced["container_port"])
        target = self.balancer.register("blue", self._engine.start(container))
        self.balancer.weights = {"blue": 100}
        late = _after(3600)
        while not target.healthy:
            if late():
                raise TimeoutError("the bootstrap task is not healthy")
            time.sleep(0.01)

    # What the state machine asks. Its waits, which the harness leaves out, are made up for here.

    def _create(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert asked["DeploymentGroupName"] == self._group["deployment_group_name"]
        with self._one:
            if all(deployment.status != "InProgress" for deployment in self.deployments):
                shape = machines.operation("codedeploy:createDeployment").input_shape
                made = self._client("codedeploy").create_deployment(**machines.to_service(asked, shape))
                deployment = Deployment(made["deploymentId"])
                self.deployments.append(deployment)
                deployment.work = self._workers.submit(self._carry_out, deployment)
                return {"DeploymentId": deployment.id}
        time.sleep(scaled(self._states["WaitForOther"]["Seconds"]))
        raise machines.failure("DeploymentLimitExceededException")

    def _get(self, asked: dict[str, Any]) -> dict[str, Any]:
        time.sleep(scaled(self._states["Wait"]["Seconds"]))
        return {"DeploymentInfo": {"Status": self._called(asked["DeploymentId"]).status}}

    def _stop(self, asked: dict[str, Any]) -> dict[str, Any]:
        self._called(asked["DeploymentId"]).to_stop.set()
        return {"Status": "Pending"}

    def _services(self, _: dict[str, Any]) -> dict[str, Any]:
        status = {True: "STEADY_STATE", False: "STABILIZING"}
        sets = [{"ExternalId": each.id, "StabilityStatus": status[each.stable]} for each in self.deployments]
        return {"Services": [{"TaskSets": sets}]}

    # What it does

    def _carry_out(self, deployment: Deployment) -> None:
        (old,) = self.balancer.weights
        (new,) = set(self.balancer.groups) - {old}
        try:
            self._replace(deployment, old, new)
            deployment.status = "Succeeded"
        except _StopError as stop:
            (rollback,) = self._group["auto_rollback_configuration"]
            if rollback["enabled"] and str(stop) in rollback["events"]:
                self.balancer.weights = {old: 100}
                self.balancer.deregister(new).stop()
            deployment.status = "Stopped"
        except BaseException:
            deployment.status = "Failed"
            raise

    def _replace(self, deployment: Deployment, old: str, new: str) -> None:
        target = self.balancer.register(new, self._engine.start(self._container(deployment)))
        self._watch(deployment, lambda: bool(target.healthy))
        deployment.stable = True
        percent, minutes = _canary(self._group["deployment_config_name"])
        self.balancer.weights = {new: percent, old: 100 - percent}
        self._watch(deployment, _after(minutes * 60))
        self.balancer.weights = {new: 100}
        (blue_green,) = self._group["blue_green_deployment_config"]
        (ending,) = blue_green["terminate_blue_instances_on_deployment_success"]
        if ending["action"] == "TERMINATE":
            self._watch(deployment, _after(ending["termination_wait_time_in_minutes"] * 60))
            self.balancer.deregister(old).stop()

    def _container(self, deployment: Deployment) -> Mapping[str, Any]:
        """The container that gets the requests, of the task definition in the deployment's AppSpec."""
        made = self._client("codedeploy").get_deployment(deploymentId=deployment.id)["deploymentInfo"]
        (resource,) = json.loads(made["revision"]["appSpecContent"]["content"])["Resources"]
        properties = resource["TargetService"]["Properties"]
        found = self._client("ecs").describe_task_definition(taskDefinition=properties["TaskDefinition"])
        balanced = properties["LoadBalancerInfo"]
        containers: list[dict[str, Any]] = found["taskDefinition"]["containerDefinitions"]
        (container,) = (each for each in containers if each["name"] == balanced["ContainerName"])
        assert _place(container) == (balanced["ContainerName"], balanced["ContainerPort"])
        return container

    def _watch(self, deployment: Deployment, over: Callable[[], bool]) -> None:
        """Wait until it is over. Raises _StopError when the deployment is not to go on."""
        while not over():
            if deployment.to_stop.is_set():
                raise _StopError("DEPLOYMENT_STOP_ON_REQUEST")
            if self._red():
                raise _StopError("DEPLOYMENT_STOP_ON_ALARM")
            time.sleep(0.01)

    def _red(self) -> bool:
        """Whether an alarm of the deployment group on unhealthy hosts is red."""
        (watched,) = self._group["alarm_configuration"]
        for colour, target in list(self.balancer.targets.items()):
            alarm = self._planned(f'aws_cloudwatch_metric_alarm.unhealthy["{colour}"]')
            length = scaled(alarm["period"] * alarm["evaluation_periods"])
            # A task that has ended is no host any more.
            unhealthy = target.healthy is False and target.task.alive and time.monotonic() - target.since > length
            if watched["enabled"] and alarm["alarm_name"] in (watched["alarms"] or []) and unhealthy:
                return True
        return False

    def _called(self, id: str) -> Deployment:
        return next(deployment for deployment in self.deployments if deployment.id == id)

    def _client(self, service: str) -> Any:
        return self._functions.client(service)

    def _planned(self, resource: str) -> Mapping[str, Any]:
        return self._resources[f"module.{self._module}.{resource}"]


def _after(seconds: float) -> Callable[[], bool]:
    """Says whether so much time has passed from now on."""
    end = time.monotonic() + scaled(seconds)
    return lambda: time.monotonic() >= end


def _place(container: Mapping[str, Any]) -> tuple[str, int]:
    return container["name"], container["portMappings"][0]["containerPort"]


def _canary(traffic: str) -> tuple[int, int]:
    """The percent of the requests that the new tasks get at first, and for how many minutes."""
    found = re.fullmatch(r"CodeDeployDefault\.ECSCanary(\d+)Percent(\d+)Minutes", traffic)
    assert found
    return int(found[1]), int(found[2])
