"""A library: tested, and released by hand. A push to its branch publishes nothing, so the tests run there too."""

from __future__ import annotations

from pipegen.kinds.shared.pipelines import repository_of
from pipegen.kinds.shared.tests import lower_tests, newest, python_version
from pipegen.manifest.root import Library
from pipegen.pipeline import Pipeline, Release


def lower(manifest: Library) -> Pipeline:
    """The pipeline of a library."""
    return Pipeline(
        repository=repository_of(manifest),
        branch=manifest.branch,
        tested_by_publish=False,
        runner=manifest.runner,
        tests=lower_tests(manifest.test),
        environments=(),
        components=(),
        release=_release(manifest),
    )


def _release(manifest: Library) -> Release:
    release = manifest.release
    return Release(
        tag_prefix=release.tag.removesuffix("{version}"),
        github_release=release.github_release,
        python_package=release.package.python,
        npm_package=release.package.npm,
        python=newest(python_version(manifest.test)),
    )
