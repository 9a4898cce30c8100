"""PG203 and PG204: components and the tests that they share."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule, Safety, Severity
from pipegen.fixes import delete
from pipegen.manifest.root import Components
from pipegen.rules.subject import Subject


class MissingTest(Rule):
    """A component that is tested by nothing.

    Nothing is published untested: a component has a `test` of its own, or the repository has one that it shares.

    Bad:

    ```yaml
    test: ~
    components:
      api: {kind: application, name: example-api}
    ```

    Good:

    ```yaml
    components:
      api: {kind: application, name: example-api}
    ```

    Fix: add `test:` to the component, or at the top of the manifest.
    """

    code = "PG203"
    name = "missing-test"


class UnusedTest(Rule):
    """The shared `test` is shared by no component, and never runs.

    Bad:

    ```yaml
    test:
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    components:
      api:
        kind: application
        name: example-api
        test:
          suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Good:

    ```yaml
    test:
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    components:
      api:
        kind: application
        name: example-api
    ```

    Fix: delete it, or the `test` of a component that should share it.
    """

    code = "PG204"
    name = "unused-test"
    severity = Severity.WARNING
    suppressible = True


RULES: tuple[type[Rule], ...] = (
    MissingTest,
    UnusedTest,
)


def check(subject: Subject) -> Iterator[Finding]:
    """The tests of each component."""
    manifest = subject.manifest
    if not isinstance(manifest, Components):
        return
    untested = [name for name, component in manifest.components.items() if component.test is None]
    if manifest.test is None:
        for name in untested:
            message = f"nothing tests the component `{name}`"
            remedy = "add `test:` to it, or at the top of the manifest for all components"
            yield Finding(MissingTest, Place(("components", name), key=True), message, remedy=remedy)
    elif not untested:
        message = "every component has a `test` of its own, so this one never runs"
        place = Place(("test",), key=True)
        yield Finding(UnusedTest, place, message, remedy="delete it", fixes=(delete(place, Safety.MANUAL),))
