"""A data task: tested, then published to its environments, where the next run uses it. Nothing is started."""

from __future__ import annotations

from pipegen.kinds.environments import lower_environments
from pipegen.kinds.tests import lower_tests
from pipegen.manifest.root import DataTask
from pipegen.pipeline import Pipeline
from pipegen.repository import Repository


def lower(manifest: DataTask, repository: Repository) -> Pipeline:
    """The pipeline of a data task."""
    return Pipeline(
        branch=manifest.branch,
        published_on_push=True,
        runner=manifest.runner,
        tests=lower_tests(manifest.test, repository),
        environments=lower_environments(manifest),
    )
