"""PG227."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule, Severity
from pipegen.pipeline import Environment, Publication
from pipegen.rules.subject import Subject


class SharedHost(Rule):
    """Environments with load balancers of their own answer to one host.

    The name of a host leads to one load balancer, so that requests reach one of the environments and no other.

    Bad:

    ```yaml
    service: {port: 8080, domain: search.example.gov.uk}
    environments:
      staging: {account: "111122223333"}
      production: {account: "444455556666"}
    ```

    Good:

    ```yaml
    service: {port: 8080}
    environments:
      staging: {account: "111122223333", service: {domain: search.staging.example.gov.uk}}
      production: {account: "444455556666", service: {domain: search.example.gov.uk}}
    ```

    Fix: state `domain` for each environment.
    """

    code = "PG227"
    name = "shared-host"
    severity = Severity.WARNING
    suppressible = True


RULES: tuple[type[Rule], ...] = (SharedHost,)


def check(subject: Subject) -> Iterator[Finding]:
    """The hosts of each part, and of which environments they are."""
    parts = {part.id: part for part in subject.parts()}
    for component in subject.pipeline.components:
        by_host: dict[str, list[Environment]] = {}
        for publication in component.publications:
            if host := _host(publication):
                by_host.setdefault(host, []).append(publication.environment)
        for host, environments in by_host.items():
            if len({_load_balancer(environment) for environment in environments}) > 1:
                names = [environment.name for environment in environments]
                message = f"`{host}` leads to one load balancer, and {_listed(names)} do not share one"
                # What is stated for all has the shorter route.
                stated = [subject.stated(parts[component.id], "service", name) for name in names]
                route = min((one.innermost("domain") for one in stated), key=len)
                place = Place(route, key=True)
                yield Finding(SharedHost, place, message, remedy="state `domain` for each environment")


def _host(publication: Publication) -> str | None:
    web = publication.service.web if publication.service else None
    return web.domain.host if web else None


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _load_balancer(environment: Environment) -> tuple[str, str, str]:
    return environment.account, environment.region, environment.platform.load_balancer
