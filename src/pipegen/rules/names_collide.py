"""PG207."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from pipegen.diagnostics import Finding, Place, Rule, dotted
from pipegen.pipeline import FileTarget, Publication, Slack
from pipegen.route import Route
from pipegen.rules.subject import Subject


class NamesCollide(Rule):
    """Two things of the manifest would get one name, or one port.

    GitHub takes two variables of one `env` that differ only in case for one, and refuses the workflow.

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

    Fix: rename or delete one of the two, or change its port.
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
    for route, variables in _in_one_env(subject):
        alike = [(name.lower(), (*route, name)) for name in variables]
        message = "differ only in case, and GitHub refuses a workflow with both"
        yield from _collisions(alike, message, "rename or delete one of the two")
    if "modules" in (environment.name for environment in subject.pipeline.environments):
        message = "the folder `deploy/modules` is not an environment's, and `modules` cannot be the name of one"
        yield Finding(NamesCollide, Place(("environments", "modules"), key=True), message, remedy="rename it")
    components = getattr(subject.manifest, "components", {})
    yield from _channels(subject)
    # What several environments have in common is said once.
    yield from {(finding.place, finding.message): finding for finding in _in_aws(subject)}.values()
    names = [(component.name, ("components", id)) for id, component in components.items()]
    yield from _collisions(names, "would both be called `{}` in AWS", "rename one of the two")


def _in_one_env(subject: Subject) -> Iterator[tuple[Route, Iterable[str]]]:
    """What becomes one `env` of a job, a service or a step."""
    for route, test in subject.tests():
        yield (*route, "env"), test.env
        yield from (((*route, "services", id, "env"), service.env) for id, service in test.services.items())
        yield from (((*route, "suites", id, "env"), suite.env) for id, suite in test.suites.items())
    for part in subject.parts():
        arguments = part.image.build_args.items() if part.image else ()
        # `time` is worked out by the script, and not in its `env`
        yield (*part.route, "image", "build-args"), [name for name, value in arguments if value.from_ != "time"]


def _channels(subject: Subject) -> Iterator[Finding]:
    channels: list[tuple[Hashable, Route]] = []
    for environment in subject.pipeline.environments:
        if isinstance(told := environment.told, Slack):
            channel = (environment.account, told.workspace, told.channel)
            channels.append((channel, ("environments", environment.name)))
    said = "would both tell the Slack channel `{0[2]}`, and an account may have one subscription to it"
    remedy = "let the organisation own it, and name its topic: `notifications: {topic: …}`"
    yield from _collisions(channels, said, remedy)


def _in_aws(subject: Subject) -> Iterator[Finding]:
    """What would be there twice: a variable of a container, or what two publications to one account both claim."""
    parts = {part.id: part for part in subject.parts()}
    claimed: dict[Hashable, tuple[Route, str]] = {}
    folders: list[tuple[Hashable, FileTarget, Route]] = []
    for component in subject.pipeline.components:
        for publication in component.publications:
            environment, route = publication.environment, parts[component.id].route
            account: Hashable = (environment.account, environment.region)
            yield from _variables(publication, route)
            for what, name, at in _claims(publication, route):
                first, where = claimed.setdefault((account, what, name), (at, environment.name))
                if (first, where) != (at, environment.name):
                    yield _claimed_twice(what, name, (first, where), (at, environment.name))
            for index, target in enumerate(publication.files):
                folders.append((account, target, (*route, "files", index)))
    for number, (account, target, route) in enumerate(folders):
        for other_account, other, other_route in folders[:number]:
            if account == other_account and target.bucket == other.bucket and _overlap(target, other):
                both = f"{dotted(other_route)} and {dotted(route)}"
                who = both if route != other_route else f"two environments of one account, in {dotted(route)},"
                message = f"{who} would delete each other's files"
                related = ((Place(other_route, key=True), "the first"),)
                remedy = "give each a `prefix` of its own that does not begin with the other's"
                yield Finding(NamesCollide, Place(route, key=True), message, remedy=remedy, related=related)


def _variables(publication: Publication, route: Route) -> Iterator[Finding]:
    for key, running in (("service", publication.service), ("task", publication.task)):
        container = running.container if running else None
        for name in sorted({*container.variables} & {*container.secrets}) if container else ():
            message = f"`{name}` is a variable and a secret of the same container"
            place = Place((*route, key, "variables", name), key=True)
            yield Finding(NamesCollide, place, message, remedy="delete one of the two")


def _claims(publication: Publication, route: Route) -> Iterator[tuple[str, str, Route]]:
    """What is called by a name that the manifest chose, the name, and where it is stated."""
    packages = publication.packages.functions if publication.packages else {}
    for id, functions in packages.items():
        yield from (("function", function.name, (*route, "lambda", "packages", id)) for function in functions)
    yield from (("function", function.name, (*route, "lambda", "functions")) for function in publication.functions)
    if publication.task:
        yield "family", publication.task.container.family, (*route, "task")


def _claimed_twice(what: str, name: str, first: tuple[Route, str], second: tuple[Route, str]) -> Finding:
    (route, environment), (other_route, other_environment) = second, first
    if route == other_route:
        message = f"{other_environment} and {environment} are one account, and the {what} `{name}` would be of both"
        return Finding(NamesCollide, Place(route, key=True), message, remedy="use `<environment>` in its name")
    message = f"{dotted(other_route)} and {dotted(route)} would both have the {what} `{name}`"
    related = ((Place(other_route, key=True), "the first"),)
    return Finding(NamesCollide, Place(route, key=True), message, remedy="give it to one of the two", related=related)


def _overlap(one: FileTarget, other: FileTarget) -> bool:
    """Whether one of them deletes, and its folder holds the other's or is it."""

    def holds(outer: FileTarget, inner: FileTarget) -> bool:
        return outer.delete and f"{inner.prefix}/".startswith(f"{outer.prefix}/" if outer.prefix else "")

    return isinstance(one.bucket, str) and (holds(one, other) or holds(other, one))


def _collisions(named: Sequence[tuple[Hashable, Route]], message: str, remedy: str) -> Iterator[Finding]:
    seen: dict[Hashable, Route] = {}
    for name, route in named:
        if name not in seen:
            seen[name] = route
            continue
        both = f"{dotted(seen[name])} and {dotted(route)} {message.format(name)}"
        related = ((Place(seen[name], key=True), "the first"),)
        yield Finding(NamesCollide, Place(route, key=True), both, remedy=remedy, related=related)
