"""The pipeline of a repository that publishes."""

from __future__ import annotations

from pipegen.kinds.shared.environments import Named
from pipegen.manifest.root import AnyManifest, Application, Components, DataTask
from pipegen.pipeline import Component, Pipeline, Repository, TestJob, Trigger


def published(
    manifest: Application | DataTask | Components,
    jobs: tuple[TestJob, ...],
    environments: tuple[Named, ...],
    components: tuple[Component, ...],
) -> Pipeline:
    """The pipeline of these test jobs, environments and components."""
    return Pipeline(
        repository=repository_of(manifest),
        branch=manifest.branch,
        tested_by_publish=_tested_by_publish(jobs, environments, components),
        runner=manifest.runner,
        tests=jobs,
        environments=tuple(named.environment for named in environments),
        components=components,
        release=None,
    )


def repository_of(manifest: AnyManifest) -> Repository:
    """The repository on GitHub."""
    stated = manifest.repository
    return Repository(stated.name, stated.id, stated.owner_id)


def _tested_by_publish(
    jobs: tuple[TestJob, ...], environments: tuple[Named, ...], components: tuple[Component, ...]
) -> bool:
    """Whether publishing runs every test on each push to the branch: some component needs it, whatever changed."""
    if not any(named.environment.trigger is Trigger.ON_MERGE for named in environments):
        return False
    always = {job for component in components if not component.paths for job in component.tests}
    return {job.id for job in jobs} <= always
