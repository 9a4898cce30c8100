"""PG201."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule
from pipegen.fixes import rename
from pipegen.manifest.test import EXPECTED_SUITES
from pipegen.route import Route
from pipegen.rules.subject import Subject
from pipegen.suggest import nearest


class MissingSuite(Rule):
    """A suite that the strategy expects neither exists nor is waived.

    Code is linted, and has unit, integration and acceptance tests. Where one of them really makes no sense, a
    waiver gives the reason, which is then shown on every run.

    Bad:

    ```yaml
    test:
      suites: {lint: make lint, unit: make unit, integration: make integration}
    ```

    Good:

    ```yaml
    test:
      suites: {lint: make lint, unit: make unit, integration: make integration}
      waivers: {acceptance: "no user interface yet, tracked in issue 41"}
    ```

    Fix: add the suite, or a waiver with its reason.
    """

    code = "PG201"
    name = "missing-suite"


RULES: tuple[type[Rule], ...] = (MissingSuite,)


def check(subject: Subject) -> Iterator[Finding]:
    """Each expected suite of each test section."""
    for route, test in subject.tests():
        others = [name for name in test.suites if name not in EXPECTED_SUITES]
        for suite in EXPECTED_SUITES:
            if suite not in test.suites and getattr(test.waivers, suite) is None:
                yield _missing(suite, (*route, "suites"), others)


def _missing(suite: str, suites: Route, others: list[str]) -> Finding:
    """Told at the suite that may be this one misspelt, if there is one."""
    message = f"the suite `{suite}` is missing, and no waiver says why"
    command = "make lint" if suite == "lint" else f"make test-{suite}"
    remedy = f'add `{suite}: {command}` to `suites`, or `{suite}: "the reason"` to `waivers`'
    if near := next((name for name in others if nearest(name, EXPECTED_SUITES)[:1] == [suite]), None):
        place = Place((*suites, near), key=True)
        return Finding(MissingSuite, place, message, f"did you mean `{suite}`?", remedy, fixes=(rename(place, suite),))
    return Finding(MissingSuite, Place(suites, key=True), message, remedy=remedy)
