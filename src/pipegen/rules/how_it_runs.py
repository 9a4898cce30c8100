"""PG222 to PG225: how AWS runs what is published."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule, quoted
from pipegen.frozen import stated as given
from pipegen.manifest.section import kebab
from pipegen.pipeline import Component, Container, Publication
from pipegen.route import Route
from pipegen.rules.subject import Part, Stated, Subject

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
_GIB = 1024
_SIZES: dict[int, range | tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: range(1024, 4 * _GIB + 1, 1024),
    1024: range(2 * _GIB, 8 * _GIB + 1, 1024),
    2048: range(4 * _GIB, 16 * _GIB + 1, 1024),
    4096: range(8 * _GIB, 30 * _GIB + 1, 1024),
    8192: range(16 * _GIB, 60 * _GIB + 1, 4096),
    16_384: range(32 * _GIB, 120 * _GIB + 1, 8192),
}


class FargateSize(Rule):
    """AWS Fargate has no container of this size: the memory that can be had depends on `cpu`.

    Bad:

    ```yaml
    service: {cpu: 256, memory: 4096}
    ```

    Good:

    ```yaml
    service: {cpu: 512, memory: 4096}
    ```

    Fix: choose one of the sizes that the message lists.
    """

    code = "PG222"
    name = "fargate-size"


class OutOfOrder(Rule):
    """Two numbers that belong together are in the wrong order.

    A check must answer before the next one begins, and the least number of containers is not above the greatest.

    Bad:

    ```yaml
    service: {port: 8080, health-check: {interval: 10, timeout: 10}}
    ```

    Good:

    ```yaml
    service: {port: 8080, health-check: {interval: 10, timeout: 5}}
    ```

    Fix: change one of the two.
    """

    code = "PG223"
    name = "out-of-order"


class NothingToRun(Rule):
    """`service` or `task` says how AWS runs an image, and there is no image that AWS would be told of.

    Only a push to the account's own registry tells AWS of a new image.

    Bad:

    ```yaml
    image: {registry: public}
    service: {port: 8080}
    ```

    Good:

    ```yaml
    image: {registry: private}
    service: {port: 8080}
    ```

    Fix: publish an image to the account's own registry, or delete the section.
    """

    code = "PG224"
    name = "nothing-to-run"


class NeedsPort(Rule):
    """A setting of requests, and a service that listens at no port and gets none.

    Without `port` a service is a worker: nobody asks after its health, and no requests can be moved.

    Bad:

    ```yaml
    service: {domain: check.example.gov.uk}
    ```

    Good:

    ```yaml
    service: {port: 8080, domain: check.example.gov.uk}
    ```

    Fix: add the `port` that the application listens at, or delete the setting.
    """

    code = "PG225"
    name = "needs-port"


RULES: tuple[type[Rule], ...] = (FargateSize, OutOfOrder, NothingToRun, NeedsPort)


def check(subject: Subject) -> Iterator[Finding]:
    """Each part in each environment; what is wrong everywhere is said once."""
    parts = {part.id: part for part in subject.parts()}
    for part in parts.values():
        yield from _image(part)
    found = [
        finding
        for component in subject.pipeline.components
        for publication in component.publications
        for finding in _running(publication, parts[component.id], subject, _has_port(component))
    ]
    everywhere = {finding.message for finding in found if finding.place.route[:1] != ("environments",)}
    told: set[tuple[Place, str]] = set()
    for finding in found:
        of_one = finding.place.route[:1] == ("environments",)
        if (finding.place, finding.message) not in told and not (of_one and finding.message in everywhere):
            told.add((finding.place, finding.message))
            yield finding


def _image(part: Part) -> Iterator[Finding]:
    key, stated = ("service", part.service) if part.kind == "application" else ("task", part.task)
    place = Place((*part.route, key), key=True)
    if stated and part.image is None:
        message = f"`{key}` says how AWS runs an image, and there is no `image`"
        yield Finding(NothingToRun, place, message, remedy=f"add `image`, or delete `{key}`")
    elif stated and part.image and part.image.registry == "public":
        message = f"a push to the public registry tells AWS nothing, and `{key}` would never run the image"
        yield Finding(NothingToRun, place, message, remedy="publish to the account's own registry")


def _has_port(component: Component) -> bool:
    """Whether it listens at a port in some environment."""
    return any(publication.service and publication.service.web for publication in component.publications)


def _running(publication: Publication, part: Part, subject: Subject, has_port: bool) -> Iterator[Finding]:
    service, task, environment = publication.service, publication.task, publication.environment.name
    if service:
        stated = subject.stated(part, "service", environment)
        yield from _size(service.container, stated)
        if service.count.minimum > service.count.maximum:
            message = f"`min` is {service.count.minimum}, above `max`, which is {service.count.maximum}"
            yield Finding(
                OutOfOrder, Place((*stated.innermost("count"), "min")), message, remedy="change one of the two"
            )
        if service.web is None:
            yield from _requests(stated, environment if has_port else "")
        elif service.web.health_check.timeout >= service.web.health_check.interval:
            check = service.web.health_check
            message = (
                f"`timeout` is {check.timeout}, and `interval` is {check.interval}: a check would outlast the next"
            )
            place = Place((*stated.innermost("health-check"), "timeout"))
            yield Finding(OutOfOrder, place, message, remedy="make `timeout` the smaller one")
    if task:
        yield from _size(task.container, subject.stated(part, "task", environment))


def _requests(stated: Stated, environment: str) -> Iterator[Finding]:
    """What is said of requests to a service that gets none, be it said for all environments or for one.

    The environment is named where others have requests.
    """
    where = f" in {quoted(environment)}" if environment else ""
    for route, section in stated.sections:
        settings: list[Route] = [(kebab(key),) for key in ("health_check", "domain") if key in given(section)]
        deployment = getattr(section, "deployment", None)
        of_requests = given(deployment) & {"traffic", "keep_old", "alarms"} if deployment else ()
        settings += [("deployment", kebab(key)) for key in sorted(of_requests)]
        for setting in settings:
            message = f"`{setting[-1]}` is about requests, and without a `port` none come to this service{where}"
            place = Place((*route, *setting), key=True)
            yield Finding(NeedsPort, place, message, remedy="add the `port` that the application listens at")


def _size(container: Container, stated: Stated) -> Iterator[Finding]:
    sizes = _SIZES.get(container.cpu)
    if sizes is None:
        message = f"Fargate has no container with `cpu: {container.cpu}`"
        remedy = f"it has {', '.join(str(cpu) for cpu in _SIZES)}"
        yield Finding(FargateSize, Place(stated.innermost("cpu")), message, remedy=remedy)
    elif container.memory not in sizes:
        message = f"Fargate has no container with `cpu: {container.cpu}` and `memory: {container.memory}`"
        place = Place(stated.innermost("memory", "cpu"))
        yield Finding(FargateSize, place, message, remedy=_few(container.cpu, sizes))


def _few(cpu: int, sizes: range | tuple[int, ...]) -> str:
    if isinstance(sizes, range):
        return f"with `cpu: {cpu}` it has {sizes[0]} to {sizes[-1]} in steps of {sizes.step}"
    return f"with `cpu: {cpu}` it has {', '.join(map(str, sizes))}"
