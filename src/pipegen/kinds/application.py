"""An application: tested, then published to its environments, where AWS deploys it."""

from __future__ import annotations

from pipegen.kinds.environments import lower_environments
from pipegen.kinds.tests import lower_tests
from pipegen.manifest.root import Application
from pipegen.pipeline import Pipeline
from pipegen.repository import Repository


def lower(manifest: Application, repository: Repository) -> Pipeline:
    """The pipeline of an application."""
    return Pipeline(
        branch=manifest.branch,
        published_on_push=True,
        runner=manifest.runner,
        tests=lower_tests(manifest.test, repository),
        environments=lower_environments(manifest),
    )
