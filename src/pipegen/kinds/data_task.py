"""A data task: tested, then published to its environments, where the next run uses it. Nothing is started."""

from __future__ import annotations

from pipegen.files import Files
from pipegen.kinds.shared.environments import lower_environments
from pipegen.kinds.shared.tests import lower_tests
from pipegen.manifest.root import DataTask
from pipegen.pipeline import Pipeline


def lower(manifest: DataTask, files: Files) -> Pipeline:
    """The pipeline of a data task."""
    return Pipeline(
        branch=manifest.branch,
        published_on_push=True,
        runner=manifest.runner,
        tests=lower_tests(manifest.test, files),
        environments=lower_environments(manifest),
    )
