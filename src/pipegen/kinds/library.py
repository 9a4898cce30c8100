"""A library: tested, and released by hand. A push to its branch publishes nothing, so the tests run there too."""

from __future__ import annotations

from pipegen.files import Files
from pipegen.kinds.shared.tests import lower_tests
from pipegen.manifest.root import Library
from pipegen.pipeline import Pipeline


def lower(manifest: Library, files: Files) -> Pipeline:
    """The pipeline of a library."""
    return Pipeline(
        branch=manifest.branch,
        published_on_push=False,
        runner=manifest.runner,
        tests=lower_tests(manifest.test, files),
        environments=(),
    )
