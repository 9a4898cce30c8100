"""PG218 to PG220: where things are published to, once an environment's overrides are applied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipegen import pipeline
from pipegen.diagnostics import Finding, Place, Rule
from pipegen.manifest.environment import (
    ApplicationEnvironment,
    ComponentOverride,
    DataTaskEnvironment,
    Environment,
    SharedEnvironment,
)
from pipegen.manifest.root import Library
from pipegen.pipeline import Component, Publication
from pipegen.route import Route
from pipegen.rules.subject import Part, Subject

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_BUCKET = re.compile(r"(?!xn--|sthree-)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
# https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
_FUNCTION = re.compile("[A-Za-z0-9_-]{1,64}")

# Of the 64 characters of a role, the longest ending that a module appends takes 11.
_LONGEST = 53
# What AWS allows for each kind of name that placeholders are filled into; letters and signs are seen to by its class.
_OF_CONTAINERS = re.compile(".{1,255}")
_OF_LOAD_BALANCERS = re.compile("(?!-|internal-)[A-Za-z0-9-]{1,32}(?<!-)")
_OF_POLICIES = re.compile(".{1,128}")


class WholeBucket(Rule):
    """Files are synchronised with deletion, and no prefix says which part of the bucket is theirs.

    Everything else in the bucket would be deleted, the files of other repositories among it.

    Bad:

    ```yaml
    kind: data-task
    files: {source: dags, bucket: "<environment>-airflow-dags", delete: true}
    ```

    Good:

    ```yaml
    kind: data-task
    files: {source: dags, bucket: "<environment>-airflow-dags", prefix: dags, delete: true}
    ```

    Fix: add a `prefix` that only this repository writes to.
    """

    code = "PG218"
    name = "whole-bucket"


class OverrideOfNothing(Rule):
    """An environment states otherwise what the repository does not state.

    Bad:

    ```yaml
    kind: data-task
    image: {dockerfile: Dockerfile}
    environments:
      staging: {account: "111111111111", files: {prefix: other}}
    ```

    Good:

    ```yaml
    kind: data-task
    image: {dockerfile: Dockerfile}
    environments:
      staging: {account: "111111111111"}
    ```

    Fix: state it for the repository first, or delete the override. Where `files` has several entries, none of them
    can be meant.
    """

    code = "PG219"
    name = "override-of-nothing"


class NameDoesNotFit(Rule):
    """A name that AWS would refuse, once its placeholders are filled in.

    Bad:

    ```yaml
    kind: data-task
    files: {source: dags, bucket: "<environment>-", prefix: dags}
    ```

    Good:

    ```yaml
    kind: data-task
    files: {source: dags, bucket: "<environment>-dags", prefix: dags}
    ```

    Fix: the message says what the name became, and what is wrong with it.
    """

    code = "PG220"
    name = "name-does-not-fit"


RULES: tuple[type[Rule], ...] = (WholeBucket, OverrideOfNothing, NameDoesNotFit)


def check(subject: Subject) -> Iterator[Finding]:
    """Each part in each environment."""
    parts = {part.id: part for part in subject.parts()}
    for component in subject.pipeline.components:
        for publication in component.publications:
            yield from _name(parts[component.id], publication)
            yield from _files(parts[component.id], publication)
            yield from _packages(parts[component.id], component, publication)
            yield from _families(parts[component.id], publication)
    for environment in subject.pipeline.environments:
        yield from _platform(environment)
    if not isinstance(subject.manifest, Library):
        yield from _overrides(subject.manifest.environments, parts)


def _name(part: Part, publication: Publication) -> Iterator[Finding]:
    runs = publication.service or publication.task or publication.packages or publication.functions
    if runs and len(publication.name) > _LONGEST:
        message = f"in {publication.environment.name} this is `{publication.name}`: more than {_LONGEST} characters"
        remedy = "shorten it: roles and state machines have names that begin with this one"
        yield Finding(NameDoesNotFit, Place((*part.route, "name")), message, remedy=remedy)


def _files(part: Part, publication: Publication) -> Iterator[Finding]:
    for index, target in enumerate(publication.files):
        route: Route = (*part.route, "files", index)
        environment = publication.environment.name
        if target.delete and not target.prefix:
            message = f"everything else in the bucket of {environment} would be deleted"
            remedy = "add a `prefix` that only this repository writes to"
            yield Finding(WholeBucket, Place((*route, "delete"), key=True), message, remedy=remedy)
        if isinstance(target.bucket, str):
            yield from _misfit(target.bucket, _BUCKET, "a bucket", (*route, "bucket"), environment)


def _packages(part: Part, component: Component, publication: Publication) -> Iterator[Finding]:
    environment = publication.environment.name
    for function in publication.functions:
        yield from _misfit(function.name, _FUNCTION, "a function", (*part.route, "lambda", "functions"), environment)
    if publication.packages and component.packages:
        bucket: Route = ("platform", "artifacts-bucket")
        yield from _misfit(publication.packages.bucket, _BUCKET, "a bucket", bucket, environment)
        for id, functions in publication.packages.functions.items():
            for function in functions:
                route: Route = (*part.route, "lambda", "packages", id, "functions")
                yield from _misfit(function.name, _FUNCTION, "a function", route, environment)


def _families(part: Part, publication: Publication) -> Iterator[Finding]:
    task, environment = publication.task, publication.environment.name
    if task is None:
        return
    route: Route = (*part.route, "task")
    yield from _misfit(task.container.family, _OF_CONTAINERS, "a family", (*route, "family"), environment)
    yield from _misfit(task.container.name, _OF_CONTAINERS, "a container", (*route, "container"), environment)
    known = {task.container.family}
    for family in task.families:
        yield from _misfit(family, _OF_CONTAINERS, "a family", (*route, "families"), environment)
        if family in known:
            message = f"in {environment} the family `{family}` is listed twice"
            yield Finding(NameDoesNotFit, Place((*route, "families"), key=True), message, remedy="delete one")
        known.add(family)


def _platform(environment: pipeline.Environment) -> Iterator[Finding]:
    platform = environment.platform
    route: Route = ("platform",)
    names = {"vpc": platform.vpc, "cluster": platform.cluster}
    for key, name in names.items():
        yield from _misfit(name, _OF_CONTAINERS, f"a {key}", (*route, key), environment.name)
    balancer = (*route, "load-balancer")
    yield from _misfit(platform.load_balancer, _OF_LOAD_BALANCERS, "a load balancer", balancer, environment.name)
    yield from _misfit(platform.boundary or "", _OF_POLICIES, "a policy", (*route, "boundary"), environment.name)


def _misfit(name: str, pattern: re.Pattern[str], what: str, route: Route, environment: str) -> Iterator[Finding]:
    if name and not pattern.fullmatch(name):
        message = f"in {environment} this is `{name}`, which cannot be the name of {what}"
        yield Finding(NameDoesNotFit, Place(route, key=True), message)


def _overrides(environments: Mapping[str, Environment], parts: Mapping[str, Part]) -> Iterator[Finding]:
    for name, environment in environments.items():
        route: Route = ("environments", name)
        match environment:
            case ApplicationEnvironment() | DataTaskEnvironment():
                yield from _override(environment, parts.get(""), route)
            case SharedEnvironment(components=components):
                for id, override in components.items():
                    inner: Route = (*route, "components", id)
                    if id not in parts:
                        message = f"there is no component `{id}`"
                        yield Finding(OverrideOfNothing, Place(inner, key=True), message)
                    else:
                        yield from _override(override, parts[id], inner)


def _override(
    override: ApplicationEnvironment | DataTaskEnvironment | ComponentOverride, part: Part | None, route: Route
) -> Iterator[Finding]:
    if part is None:
        return
    for key, stated in (("service", part.service), ("task", part.task)):
        if getattr(override, key, None) and stated is None:
            message = f"there is no `{key}` that could be otherwise here"
            yield Finding(OverrideOfNothing, Place((*route, key), key=True), message)
    if isinstance(override, ApplicationEnvironment):
        return
    if override.files and len(part.files) != 1:
        message = "`files` has several entries" if part.files else "there are no `files` that could be otherwise here"
        yield Finding(OverrideOfNothing, Place((*route, "files"), key=True), message)
    packages = part.functions.packages if part.functions else {}
    for id in override.lambda_.packages if override.lambda_ else ():
        if id not in packages:
            place = Place((*route, "lambda", "packages", id), key=True)
            yield Finding(OverrideOfNothing, place, f"there is no package `{id}`")
