"""PG202."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule, Severity
from pipegen.fixes import delete
from pipegen.manifest.test import EXPECTED_SUITES
from pipegen.rules.subject import Subject


class NeedlessWaiver(Rule):
    """A waiver for a suite that exists.

    Every run would say that the suite is waived while it runs.

    Bad:

    ```yaml
    test:
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
      waivers: {acceptance: no user interface yet}
    ```

    Good:

    ```yaml
    test:
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Fix: delete the waiver.
    """

    code = "PG202"
    name = "needless-waiver"
    severity = Severity.WARNING
    suppressible = True


RULES: tuple[type[Rule], ...] = (NeedlessWaiver,)


def check(subject: Subject) -> Iterator[Finding]:
    """Each waiver of each test section."""
    for route, test in subject.tests():
        for suite in EXPECTED_SUITES:
            if suite in test.suites and getattr(test.waivers, suite) is not None:
                here, there = Place((*route, "waivers", suite), key=True), Place((*route, "suites", suite), key=True)
                message = f"`{suite}` is waived, but it exists"
                related = ((there, "the suite"),)
                remedy, fixes = "delete the waiver", (delete(here),)
                yield Finding(NeedlessWaiver, here, message, remedy=remedy, related=related, fixes=fixes)
