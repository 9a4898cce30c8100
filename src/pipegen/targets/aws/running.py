"""`main.tf` of a root: what AWS runs in an environment, and what of the organisation's it is built upon.

What is as usual is left out, so that a reviewer reads what is special about a service. The modules have the same
defaults, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipegen.pipeline import (
    Component,
    Container,
    Count,
    Environment,
    Function,
    ImageRepository,
    Publication,
    Service,
    Slack,
    Task,
    Web,
)
from pipegen.targets.aws.calls import bounded, call
from pipegen.targets.aws.hcl import Block, Expression, Value, literal

USUAL: Mapping[str, Mapping[str, Value]] = {
    "tasks": {"cpu_target": 60},
    "health_check": {
        "path": "/health",
        "interval": 30,
        "timeout": 5,
        "healthy": 2,
        "unhealthy": 3,
        "grace": 60,
        "codes": "200-399",
    },
    "domain": {"paths": ("/*",)},
    "deployment": {
        "traffic": "CodeDeployDefault.ECSCanary10Percent5Minutes",
        "keep_old": 5,
        "alarms": ("http-5xx",),
    },
}
"""The defaults of the module `service` for the members of its arguments."""
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html
_TRAFFIC = {
    "all-at-once": "CodeDeployDefault.ECSAllAtOnce",
    "canary-10-percent-5-minutes": "CodeDeployDefault.ECSCanary10Percent5Minutes",
    "canary-10-percent-15-minutes": "CodeDeployDefault.ECSCanary10Percent15Minutes",
    "linear-10-percent-every-1-minutes": "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
    "linear-10-percent-every-3-minutes": "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
}


def in_environment(environment: Environment, found: Sequence[tuple[Component, Publication]]) -> Iterator[Block]:
    """What is looked up, who is told, and what runs. Nothing where nothing runs."""
    platform = _platform(environment, [publication for _, publication in found])
    if platform:
        yield call("platform", "platform", platform)
    if isinstance(environment.told, Slack):
        yield call("notifications", "notifications", _notifications(environment, environment.told))
    shared = _shared(environment, looked_up=bool(platform))
    for component, publication in found:
        yield from _of_component(component, publication, shared)


def _platform(environment: Environment, publications: Sequence[Publication]) -> Mapping[str, Value]:
    """What the organisation owns, as far as something here needs it."""
    stated = environment.platform
    arguments: dict[str, Value] = {}
    if any(publication.service for publication in publications):
        arguments |= {
            "vpc": stated.vpc,
            "subnets": stated.subnets,
            "security_groups": stated.security_groups,
            "cluster": stated.cluster,
        }
    if any(publication.service and publication.service.web for publication in publications):
        arguments |= {"load_balancer": stated.load_balancer}
    arguments |= {"boundary": stated.boundary} if stated.boundary else {}
    arguments |= {"topic": environment.told} if isinstance(environment.told, str) else {}
    for publication in publications:
        arguments |= {"artifacts_bucket": publication.packages.bucket} if publication.packages else {}
    return arguments


def _notifications(environment: Environment, slack: Slack) -> Mapping[str, Value]:
    return {
        "providers": Expression("{ aws = aws, aws.chat = aws.chat }"),
        "name": slack.name,
        "slack": {"workspace": slack.workspace, "channel": slack.channel},
        **bounded(environment),
    }


def _shared(environment: Environment, *, looked_up: bool) -> Mapping[str, Value]:
    """What every module that runs something is given of the others."""
    found: dict[str, Value] = {"platform": Expression("module.platform")} if looked_up else {}
    match environment.told:
        case Slack():
            found |= {"notifications": Expression("module.notifications")}
        case str():
            found |= {"notifications": Expression("module.platform.notifications")}
    return found


def _of_component(component: Component, publication: Publication, shared: Mapping[str, Value]) -> Iterator[Block]:
    of = f"-{component.id}" if component.id else ""
    if publication.service:
        module = "service" if publication.service.web else "worker"
        yield call(f"{module}{of}", module, {**_service(publication, publication.service), **shared})
    if publication.task:
        yield call(f"task{of}", "task", {**_task(publication, publication.task), **shared})
    if publication.packages or publication.functions:
        yield call(f"functions{of}", "functions", {**_functions(publication), **shared})


def _service(publication: Publication, service: Service) -> Mapping[str, Value]:
    """The container, its family and the service bear the name of the component."""
    deployment: dict[str, Value] = {"patience": service.patience} if service.patience else {}
    found: dict[str, Value] = {"name": publication.name} | _container(publication, service.container)
    if service.web:
        found |= _web(service.web)
        deployment |= _unusual("deployment", _deployment(service.web))
    found |= {"tasks": _tasks(service.count)}
    return found | ({"deployment": deployment} if deployment else {})


def _tasks(count: Count) -> Mapping[str, Value]:
    return _unusual("tasks", {"min": count.minimum, "max": count.maximum, "cpu_target": count.cpu_target})


def _web(web: Web) -> dict[str, Value]:
    stated = web.health_check
    check = _unusual("health_check", {name: getattr(stated, name) for name in USUAL["health_check"]})
    found: dict[str, Value] = {"port": web.port}
    found |= {"health_check": check} if check else {}
    if web.domain.host:
        found |= {"domain": _unusual("domain", {"host": web.domain.host, "paths": web.domain.paths})}
    return found


def _deployment(web: Web) -> Mapping[str, Value]:
    return {"traffic": _TRAFFIC[web.traffic], "keep_old": web.keep_old, "alarms": web.alarms}


def _unusual(argument: str, stated: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in stated.items() if value != USUAL[argument].get(name)}


def _task(publication: Publication, task: Task) -> Mapping[str, Value]:
    container = task.container
    names: dict[str, Value] = {"name": publication.name, "family": container.family}
    names |= {"container": container.name} if container.name != publication.name else {}
    families: Mapping[str, Value] = {"families": task.families} if task.families else {}
    return {**names, **_container(publication, container), **families}


def _container(publication: Publication, container: Container) -> dict[str, Value]:
    found: dict[str, Value] = {"repository": _repository_of(publication.image)} if publication.image else {}
    found |= {"cpu": container.cpu, "memory": container.memory}
    found |= {"architecture": "ARM64"} if container.arm else {}
    found |= {"command": container.command} if container.command else {}
    found |= {"variables": container.variables} if container.variables else {}
    found |= {"secrets": container.secrets} if container.secrets else {}
    return found


def _functions(publication: Publication) -> Mapping[str, Value]:
    found: dict[str, Value] = {"name": publication.name}
    if publication.packages:
        packages = publication.packages
        found |= {
            "bucket": packages.bucket,
            "prefix": packages.prefix,
            "packages": {id: {"functions": _named(functions)} for id, functions in packages.functions.items()},
        }
    elif publication.image:
        image: Value = {"repository": _repository_of(publication.image), "functions": _named(publication.functions)}
        found |= {"image": image}
    return found


def _named(functions: tuple[Function, ...]) -> Value:
    return tuple({"name": f.name, **({"optional": True} if f.optional else {})} for f in functions)


def _repository_of(image: ImageRepository) -> Value:
    return Expression(f"module.publishing.repositories[{literal(image.name)}]")
