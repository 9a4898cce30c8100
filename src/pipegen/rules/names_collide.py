"""PG207."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from pipegen.diagnostics import Finding, Place, Rule, dotted
from pipegen.route import Route
from pipegen.rules.subject import Subject


class NamesCollide(Rule):
    """Two things of the manifest would get one name, or one port.

    Bad:

    ```yaml
    test:
      services:
        first: {image: "postgres@sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777", port: 5432}
        second: {image: "postgres@sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777", port: 5432}
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Good:

    ```yaml
    test:
      services:
        first: {image: "postgres@sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777", port: 5432}
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Fix: rename one of the two, or change its port.
    """

    code = "PG207"
    name = "names-collide"


RULES: tuple[type[Rule], ...] = (NamesCollide,)


def check(subject: Subject) -> Iterator[Finding]:
    """Ids of jobs in the workflow, names of components in AWS, ports of services beside one job."""
    jobs = [(job.id, job.source) for job in subject.pipeline.tests]
    yield from _collisions(jobs, "would both be the job `{}`", "rename one of the two")
    for route, test in subject.tests():
        ports = [(s.port, (*route, "services", name)) for name, s in test.services.items() if s.port]
        yield from _collisions(ports, "would both listen at port {} of `localhost`", "change one of the ports")
    if "modules" in (environment.name for environment in subject.pipeline.environments):
        message = "the folder `deploy/modules` is not an environment's, and `modules` cannot be the name of one"
        yield Finding(NamesCollide, Place(("environments", "modules"), key=True), message, remedy="rename it")
    for part in subject.parts():
        for key, stated in (("service", part.service), ("task", part.task)):
            both = sorted(set(stated.variables) & set(stated.secrets)) if stated else []
            for name in both:
                message = f"`{name}` is a variable and a secret of the same container"
                place = Place((*part.route, key, "variables", name), key=True)
                yield Finding(NamesCollide, place, message, remedy="delete one of the two")
    components = getattr(subject.manifest, "components", {})
    names = [(component.name, ("components", id)) for id, component in components.items()]
    yield from _collisions(names, "would both be called `{}` in AWS", "rename one of the two")


def _collisions(named: Sequence[tuple[Hashable, Route]], message: str, remedy: str) -> Iterator[Finding]:
    seen: dict[Hashable, Route] = {}
    for name, route in named:
        if name not in seen:
            seen[name] = route
            continue
        both = f"{dotted(seen[name])} and {dotted(route)} {message.format(name)}"
        related = ((Place(seen[name], key=True), "the first"),)
        yield Finding(NamesCollide, Place(route, key=True), both, remedy=remedy, related=related)
