"""An application: tested, then published to its environments, where AWS deploys it."""

from __future__ import annotations

from pipegen.files import Files
from pipegen.kinds.shared.environments import lower_environments
from pipegen.kinds.shared.tests import lower_tests
from pipegen.manifest.root import Application
from pipegen.pipeline import Pipeline


def lower(manifest: Application, files: Files) -> Pipeline:
    """The pipeline of an application."""
    return Pipeline(
        branch=manifest.branch,
        published_on_push=True,
        runner=manifest.runner,
        tests=lower_tests(manifest.test, files),
        environments=lower_environments(manifest),
    )
