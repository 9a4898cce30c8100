"""A repository of components: those that share tests are tested together, the others each on its own."""

from __future__ import annotations

from pipegen.files import Files
from pipegen.kinds.shared.environments import lower_environments
from pipegen.kinds.shared.tests import lower_tests
from pipegen.manifest.root import Components
from pipegen.pipeline import Pipeline, TestJob


def lower(manifest: Components, files: Files) -> Pipeline:
    """The pipeline of a repository of components."""
    tests: list[TestJob] = []
    if manifest.test and any(component.test is None for component in manifest.components.values()):
        tests += lower_tests(manifest.test, files, alone=False)
    for name, component in sorted(manifest.components.items()):
        if component.test:
            tests += lower_tests(component.test, files, component=name, alone=False)
    return Pipeline(
        branch=manifest.branch,
        published_on_push=True,
        runner=manifest.runner,
        tests=tuple(tests),
        environments=lower_environments(manifest),
    )
