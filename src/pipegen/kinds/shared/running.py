"""How AWS runs an image: a service, or a task that something starts."""

from __future__ import annotations

from pipegen.kinds.shared.names import Filling
from pipegen.manifest import image, service, task
from pipegen.pipeline import Container, Count, Domain, HealthCheck, Service, Task, Web


def lower_service(stated: service.Service, image: image.Image, filling: Filling) -> Service:
    """A service, or a worker where it has no port. The container, the family and the service bear one name."""
    name = filling.filled("<environment>-<name>")
    return Service(
        container=_container(stated, image, name, name),
        count=Count(stated.count.min, stated.count.max, stated.count.cpu_target),
        patience=stated.deployment.patience,
        web=_web(stated, stated.port, filling) if stated.port else None,
    )


def lower_task(stated: task.Task, image: image.Image, filling: Filling) -> Task:
    """A task, with the families of others that use its image."""
    return Task(
        container=_container(stated, image, filling.filled(stated.container), filling.filled(stated.family)),
        families=tuple(sorted(map(filling.filled, stated.families))),
    )


def _container(stated: service.Service | task.Task, image: image.Image, name: str, family: str) -> Container:
    return Container(
        name=name,
        family=family,
        cpu=stated.cpu,
        memory=stated.memory,
        arm="linux/amd64" not in image.platforms,
        command=stated.command,
        variables=dict(sorted(stated.variables.items())),
        secrets=tuple(sorted(stated.secrets)),
    )


def _web(stated: service.Service, port: int, filling: Filling) -> Web:
    check = stated.health_check
    return Web(
        port=port,
        health_check=HealthCheck(
            path=check.path,
            interval=check.interval,
            timeout=check.timeout,
            healthy=check.healthy,
            unhealthy=check.unhealthy,
            grace=check.grace,
            codes=check.codes,
        ),
        domain=Domain(stated.domain.host, stated.domain.paths) if stated.domain else Domain(None, ("/*",)),
        traffic=stated.deployment.traffic,
        keep_old=stated.deployment.keep_old,
        alarms=tuple(sorted(map(filling.filled, stated.deployment.alarms))),
    )
