"""The section `service`: how AWS runs an application, and how a new version of it takes over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pipegen.manifest.section import Items, Limits, Meanings, OneOrMore, Section
from pipegen.manifest.strings import (
    AlarmName,
    Host,
    Line,
    PathPattern,
    RuntimeSecretName,
    StatusCodes,
    UrlPath,
    Value,
    VariableName,
)

CPU = Annotated[int, Limits(256, 16_384)]
Memory = Annotated[int, Limits(512, 122_880)]


class HealthCheck(Section):
    """How the load balancer finds out whether a container can answer."""

    path: UrlPath = "/health"
    """Path that answers when the container can be used."""
    interval: Annotated[int, Limits(5, 300)] = 30
    """Seconds between two checks."""
    timeout: Annotated[int, Limits(2, 120)] = 5
    """Seconds that an answer may take; fewer than `interval`."""
    healthy: Annotated[int, Limits(2, 10)] = 2
    """Checks in a row that must succeed before a container gets requests."""
    unhealthy: Annotated[int, Limits(2, 10)] = 3
    """Checks in a row that must fail before a container gets no more requests."""
    grace: Annotated[int, Limits(0, 3600)] = 60
    """Seconds that a container is given to start."""
    codes: StatusCodes = "200-399"
    """Codes of an answer that count as healthy."""


class Count(Section):
    """How many containers run."""

    min: Annotated[int, Limits(1, 100)] = 2
    """Containers that always run."""
    max: Annotated[int, Limits(1, 100)] = 4
    """Containers that may run when there is much to do."""
    cpu_target: Annotated[int, Limits(10, 90)] = 60
    """Average use of the processors, in percent, that the number is kept to."""


class Domain(Section):
    """Which requests to the load balancer are for this service."""

    shorthand: ClassVar[str | None] = "host"

    host: Host
    """Name of the host."""
    paths: Annotated[tuple[PathPattern, ...], OneOrMore(), Items(1, 4, unique=True)] = ("/*",)
    """Paths of that host."""


class Deployment(Section):
    """How requests move from the old containers to the new ones."""

    traffic: Annotated[
        Literal[
            "all-at-once",
            "canary-10-percent-5-minutes",
            "canary-10-percent-15-minutes",
            "linear-10-percent-every-1-minutes",
            "linear-10-percent-every-3-minutes",
        ],
        Meanings(
            (
                "all requests as soon as the new containers are healthy",
                "a tenth of the requests, and all of them five minutes later",
                "a tenth of the requests, and all of them fifteen minutes later",
                "a tenth more of the requests every minute",
                "a tenth more of the requests every three minutes",
            )
        ),
    ] = "canary-10-percent-5-minutes"
    """How requests move: all at once, a tenth first, or a tenth at a time."""
    keep_old: Annotated[int, Limits(0, 1200)] = 5
    """Minutes that the old containers are kept after all requests have moved; until then, an alarm brings them back."""
    patience: Annotated[int, Limits(3, 55)] | None = None
    """Minutes in which the new containers must keep running, before the deployment is stopped and rolled back; by
    default what healthy ones need, and ten to fetch the image."""
    alarms: Annotated[tuple[AlarmName, ...], OneOrMore(), Items(0, 7, unique=True)] = ("http-5xx",)
    """Alarms that roll a deployment back, besides unhealthy containers: `http-5xx`, which is made, or the names of
    others that exist."""


class Service(Section):
    """How AWS runs an application. A published image is deployed by AWS itself."""

    port: Annotated[int, Limits(1, 65_535)] | None = None
    """Port that the application listens at; a worker that nobody calls has none."""
    health_check: HealthCheck = HealthCheck()
    """How a container shows that it can be used."""
    cpu: CPU = 256
    """Units of processor of each container; 1024 are one."""
    memory: Memory = 512
    """Memory of each container, in MiB."""
    count: Count = Count()
    """How many containers run."""
    domain: Domain | None = None
    """Which requests are for this service; all that no other service takes, where it is absent."""
    command: Annotated[tuple[Line, ...], Items(1, 50)] | None = None
    """Command instead of the image's own, as a list of its words."""
    variables: Annotated[Mapping[VariableName, Value], Items(0, 100)] = {}
    """Environment variables of the containers; plain values only."""
    secrets: Annotated[tuple[RuntimeSecretName, ...], OneOrMore(), Items(0, 50, unique=True)] = ()
    """Environment variables whose values are kept in AWS Secrets Manager, as `<environment>-<name>/<SECRET>`."""
    deployment: Deployment = Deployment()
    """How a new version takes over."""
