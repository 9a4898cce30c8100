"""A service is deployed with real containers, from the pushed image to the end of the old tasks, while it is used.

What AWS does is done by stand-ins that `blue_green` tells of; the state machine, the AppSpec, the task definitions, the
health check, the rule, the alarms and the deployment group are those that terraform plans.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from blue_green import CodeDeploy, Engine, Visitor, engine, scaled
from terraform import account, cli, images, machines
from terraform.cli import REGION, Terraform, needs_terraform
from terraform.images import Account
from terraform.machines import Outcome

NAME, HOST, PORT = "staging-web", "check.example.gov.uk", 8085
BOOTSTRAP, BOOTSTRAP_PAGE = "public.ecr.aws/docker/library/busybox:stable", "Nothing is deployed yet."
ARN = f"arn:aws:{{}}:{REGION}:{account.ID}:{{}}"
KEEP_OLD, PATIENCE = 8, 15
SERVICE = {
    "source": "service",
    "name": NAME,
    "port": PORT,
    "cpu": 256,
    "memory": 512,
    "variables": {"AUDIENCE": "everybody"},
    "health_check": {
        "path": "/a/health?deep=1",
        "interval": 30,
        "timeout": 5,
        "healthy": 2,
        "unhealthy": 3,
        "grace": 60,
        "codes": "200-299",
    },
    "tasks": {"min": 1, "max": 1, "cpu_target": 60},
    "domain": {"host": HOST, "paths": ["/a/*"]},
    "deployment": {
        "traffic": "CodeDeployDefault.ECSCanary10Percent5Minutes",
        "keep_old": KEEP_OLD,
        "alarms": [],
        "patience": PATIENCE,
    },
    "repository": images.repository(NAME),
    "platform": {
        "vpc_id": "vpc-0",
        "subnet_ids": ["subnet-a"],
        "security_group_ids": ["sg-0"],
        "cluster": {"name": "staging", "arn": ARN.format("ecs", "cluster/staging")},
        "load_balancer": {
            "arn_suffix": "app/staging/0123456789abcdef",
            "listener_arn": ARN.format("elasticloadbalancing", "listener/app/staging/0123456789abcdef/0123"),
        },
        "boundary": None,
    },
}
SERVE = f'echo "$VERSION for $AUDIENCE" > /www/a/version && exec httpd -f -p {PORT} -h /www'


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    needs_terraform()
    root = cli.root(tmp_path_factory.mktemp("blue-green") / "root", {"web": SERVICE})
    with machines.imitation() as functions:
        terraform = Terraform(root, functions.endpoint or "")
        terraform.init()
        return machines.planned(terraform)


@dataclass
class Web:
    """The service, of which the bootstrap task runs."""

    account: Account
    codedeploy: CodeDeploy
    engine: Engine
    visitor: Visitor
    _executions: ThreadPoolExecutor
    _minute: int = 0

    def push(self, tag: str, command: str = SERVE, page: str = "www/a/health") -> dict[str, Any]:
        """Build and push an image, which is healthy if it has the page. Returns the event that AWS makes of it."""
        name = f"{images.repository(NAME)['url']}:{tag}"
        files = {"www/a/index.html": "", page: "well"}
        manifest = self.engine.push(name, files, ["sh", "-c", command], VERSION=tag)
        self._minute += 1
        digest = self.engine.registry.images(account.ID)[NAME][tag].digest
        self.account.functions.client("ecr").put_image(
            repositoryName=NAME, imageTag=tag, imageManifest=manifest, imageDigest=digest
        )
        detail = {"result": "SUCCESS", "action-type": "PUSH", "repository-name": NAME, "image-tag": tag}
        return {
            "source": "aws.ecr",
            "detail-type": "ECR Image Action",
            "time": f"2026-11-01T10:{self._minute:02}:00Z",
            "detail": detail | {"image-digest": digest},
        }

    def start(self, event: dict[str, Any]) -> Future[Outcome]:
        """Let the event start an execution."""
        assert self.account.starts(event)
        return self._executions.submit(self.account.run, event)

    def deploy(self, tag: str) -> str:
        """Push an image that is healthy, and see it deployed to the end. Returns its name."""
        event = self.push(tag)
        assert self.start(event).result().output["result"] == "deployed"
        assert self.codedeploy.deployments[-1].end() == "Succeeded"
        return self.image(event)

    def image(self, event: dict[str, Any]) -> str:
        return f"{images.repository(NAME)['url']}@{event['detail']['image-digest']}"


@pytest.fixture
def web(resources: dict[str, dict[str, Any]]) -> Iterator[Web]:
    with (
        engine(account.ID, "public") as own,
        machines.step_functions() as functions,
        ThreadPoolExecutor(4) as executions,
    ):
        made = Account(functions, resources, "module.web.module.rollout", "module.web.module.container")
        made.make(NAME)
        client = functions.client("codedeploy")
        client.create_application(applicationName=NAME, computePlatform="ECS")
        client.create_deployment_group(
            applicationName=NAME, deploymentGroupName=NAME, serviceRoleArn=ARN.format("iam", "role/codedeploy")
        )
        own.push(BOOTSTRAP, {}, ["sh"])
        codedeploy = CodeDeploy(functions, resources, "web", own)
        with codedeploy.working():
            codedeploy.bootstrap()
            visitor = Visitor(codedeploy.balancer, HOST, "/a/version")
            yield Web(made, codedeploy, own, visitor, executions)


def test_CD_A1_CD_A2_CD_A4_a_pushed_image_takes_over_from_the_bootstrap_task(web: Web) -> None:
    health = Visitor(web.codedeploy.balancer, HOST, "/a/health")
    with health.visiting():
        health.sees(BOOTSTRAP_PAGE)
        event = web.push("git-1")
        execution = web.start(event)
        health.sees("well")
        # The new task has a part of the requests, and the old one the others.
        assert web.engine.running() == [BOOTSTRAP, web.image(event)]
        assert execution.result().output["image"] == web.image(event)
        assert web.codedeploy.deployments[0].end() == "Succeeded"

    # CD-A1: what was pushed serves, as its task definition says, at the service's own host and paths.
    assert health.ask(HOST, "/a/version").body == "git-1 for everybody"
    assert health.ask(HOST, "/other").status == health.ask("example.com", "/a/version").status == 404

    # CD-A2: nobody was refused; at first the new task had a tenth of the requests.
    assert not health.refused()
    answers = [visit.answer.body for visit in health.visits]
    first, moved = answers.index("well"), len(answers) - answers[::-1].index(BOOTSTRAP_PAGE)
    assert 0.05 < answers[first:moved].count("well") / (moved - first) < 0.2

    # CD-A4: the old task is gone, and was kept as long as it should be.
    assert web.engine.running() == [web.image(event)]
    assert web.engine.tasks[0].stopped
    assert web.engine.tasks[0].stopped - health.visits[moved].time >= scaled(KEEP_OLD * 60)


@pytest.mark.slow
def test_CD_A3_an_image_that_fails_its_health_check_never_serves(web: Web) -> None:
    good = web.deploy("git-1")
    with web.visitor.visiting():
        bad = web.push("git-2", page="www/a/other")
        assert web.start(bad).result().error == "DeploymentFailed"
        assert web.codedeploy.deployments[1].end() == "Stopped"
    assert web.engine.tasks[-1].image == web.image(bad)
    assert web.engine.running() == [good]
    assert web.visitor.seen() == ["git-1 for everybody"]
    assert not web.visitor.refused()

    # The next image finds its way.
    better = web.deploy("git-3")
    assert web.engine.running() == [better]


@pytest.mark.slow
def test_CD_A3_an_image_that_does_not_start_never_serves(web: Web) -> None:
    good = web.deploy("git-1")
    with web.visitor.visiting():
        outcome = web.start(web.push("git-2", command="exit 1")).result()
        assert outcome.error == "NotStable"
        assert web.codedeploy.deployments[1].end() == "Stopped"
    assert f"within {PATIENCE} minutes" in (outcome.cause or "")
    assert web.engine.running() == [good]
    assert web.visitor.seen() == ["git-1 for everybody"]
    assert not web.visitor.refused()


@pytest.mark.slow
def test_CD_A3_an_image_that_falls_ill_with_traffic_is_rolled_back(web: Web) -> None:
    good = web.deploy("git-1")
    with web.visitor.visiting():
        execution = web.start(web.push("git-2"))
        web.visitor.sees("git-2 for everybody")
        web.engine.tasks[-1].run("rm", "/www/a/health")
        assert web.codedeploy.deployments[1].end() == "Stopped"
        assert execution.result().error == "DeploymentFailed"
        assert web.engine.running() == [good]
        assert web.account.record()["tag"] == "git-1"
    assert web.visitor.seen()[-1] == "git-1 for everybody"
    assert not web.visitor.refused()


@pytest.mark.slow
def test_CD_A1_of_two_images_pushed_during_a_deployment_the_second_serves_in_the_end(web: Web) -> None:
    first, second, third = (web.push(f"git-{number}") for number in (1, 2, 3))
    with web.visitor.visiting():
        running = web.start(first)
        web.visitor.sees("git-1 for everybody")
        superseded, wanted = web.start(second), web.start(third)
        assert running.result().output["image"] == web.image(first)
        assert superseded.result().output == {"result": "superseded", "image": web.image(second)}
        assert wanted.result().output["image"] == web.image(third)
        assert [deployment.end() for deployment in web.codedeploy.deployments] == ["Succeeded", "Succeeded"]
    assert [task.image for task in web.engine.tasks] == [BOOTSTRAP, web.image(first), web.image(third)]
    assert web.engine.running() == [web.image(third)]
    assert web.account.record()["tag"] == "git-3"
    assert web.visitor.seen()[-1] == "git-3 for everybody"
