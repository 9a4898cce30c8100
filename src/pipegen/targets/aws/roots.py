"""The Terraform root of an environment: calls of the modules beside it, with what the manifest says as arguments.

A reviewer reads in `main.tf` what runs in an environment, and in `publishing.tf` who may publish there. How that is
made stands in the modules, which are alike for everyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipegen.frozen import Frozen
from pipegen.pipeline import Environment, Pipeline
from pipegen.targets.aws import publishing, running, settings
from pipegen.targets.aws.hcl import Block


class Root(Frozen):
    """The files of a root by name, and the names of the modules that they call."""

    files: Mapping[str, tuple[Block, ...]]
    modules: frozenset[str]


def roots(pipeline: Pipeline) -> Iterator[tuple[str, Root]]:
    """The root of each environment by its name, or of the one that a library is released from."""
    for environment in pipeline.environments:
        yield environment.name, _of_environment(pipeline, environment)
    if pipeline.release:
        yield "release", _root((), publishing.of_release(pipeline), settings.of_release(pipeline))


def _of_environment(pipeline: Pipeline, environment: Environment) -> Root:
    found = [
        (component, publication)
        for component in pipeline.components
        for publication in component.publications
        if publication.environment == environment
    ]
    publications = [publication for _, publication in found]
    public = bool(publishing.public_repositories(publications))
    return _root(
        running.in_environment(environment, found),
        publishing.to_environment(pipeline, environment, publications),
        settings.of_environment(pipeline, environment, public=public),
    )


def _root(run: Iterable[Block], published: Iterable[Block], settings: Iterable[Block]) -> Root:
    files = {"main.tf": tuple(run), "publishing.tf": tuple(published), "providers.tf": tuple(settings)}
    files = {name: blocks for name, blocks in files.items() if blocks}
    calls = [block for blocks in files.values() for block in blocks if block.type == "module"]
    return Root(files, frozenset(str(block.attributes["source"]).rpartition("/")[2] for block in calls))
