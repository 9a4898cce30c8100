"""PG205."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule
from pipegen.manifest.test import Test
from pipegen.route import Route
from pipegen.rules.subject import Subject


class MissingFile(Rule):
    """The manifest names a file or folder that the repository does not hold.

    The job would fail at the step that needs it. A path that leads out of the repository through a symbolic link
    counts as missing.

    Bad:

    ```yaml
    test:
      python-version-file: no-such-file
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Good:

    ```yaml
    test:
      python: "3.12"
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Fix: correct the path, which is relative to the root of the repository, or commit the file.
    """

    code = "PG205"
    name = "missing-file"


RULES: tuple[type[Rule], ...] = (MissingFile,)


def check(subject: Subject) -> Iterator[Finding]:
    """Each path that must exist before anything has run; reports and artefacts come later."""
    for route, test in subject.tests():
        for inner, path in _named(test):
            if not subject.files.holds(path):
                message = f"the repository does not hold `{path}`"
                remedy = "correct the path, which is relative to the root of the repository, or commit the file"
                yield Finding(MissingFile, Place((*route, *inner)), message, remedy=remedy)


def _named(test: Test) -> Iterator[tuple[Route, str]]:
    if test.python_version_file:
        yield ("python-version-file",), test.python_version_file
    if test.compose:
        yield ("compose", "file"), test.compose.file
    if test.working_directory:
        yield ("working-directory",), test.working_directory
    for name, suite in test.suites.items():
        if suite.working_directory:
            yield ("suites", name, "working-directory"), suite.working_directory
