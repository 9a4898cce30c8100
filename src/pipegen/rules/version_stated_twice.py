"""PG212."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule, Safety
from pipegen.fixes import delete
from pipegen.rules.subject import Subject


class VersionStatedTwice(Rule):
    """The version of Python is stated in the manifest and in a file.

    Bad:

    ```yaml
    test:
      python: "3.12"
      python-version-file: deploy.yaml
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Good:

    ```yaml
    test:
      python: "3.12"
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Fix: keep `python` or `python-version-file`.
    """

    code = "PG212"
    name = "version-stated-twice"


RULES: tuple[type[Rule], ...] = (VersionStatedTwice,)


def check(subject: Subject) -> Iterator[Finding]:
    """The version of Python of each test section."""
    for route, test in subject.tests():
        if test.python and test.python_version_file:
            here, there = Place((*route, "python-version-file"), key=True), Place((*route, "python"), key=True)
            message = "the version of Python is stated twice"
            related = ((there, "the other one"),)
            remedy, fixes = "keep one of the two", tuple(delete(place, Safety.MANUAL) for place in (here, there))
            yield Finding(VersionStatedTwice, here, message, remedy=remedy, related=related, fixes=fixes)
