"""PG213."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule, Severity
from pipegen.rules.subject import Subject

# Formatters that rewrite files and succeed, unless they are asked to check; and commands that always succeed.
_REWRITES = re.compile(r"(?m)^\s*(python3? -m )?(black|isort|ruff format|prettier)\b(?!.*(--check|--diff|-c\b|-l\b))")
_SUCCEEDS = re.compile(r"(?m)(\|\||;)\s*(true|:|exit 0)\s*$|\A\s*(true|:|echo\b[^;&|\n]*)\s*\Z")


class LinterCannotFail(Rule):
    """The suite `lint` runs a command that succeeds whatever it finds.

    `black .` rewrites the files in the runner, which nobody sees, and passes.

    Bad:

    ```yaml
    test:
      suites: {lint: black ., unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Good:

    ```yaml
    test:
      suites: {lint: black --check ., unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Fix: let the formatter check (`black --check`, `isort --check`, `ruff format --check`, `prettier --check`), and
    its exit status through.
    """

    code = "PG213"
    name = "linter-cannot-fail"
    severity = Severity.WARNING


RULES: tuple[type[Rule], ...] = (LinterCannotFail,)


def check(subject: Subject) -> Iterator[Finding]:
    """The command of each suite `lint`."""
    for route, test in subject.tests():
        lint = test.suites.get("lint")
        if lint and (found := _REWRITES.search(lint.run) or _SUCCEEDS.search(lint.run)):
            message = f"`{found[0].strip()}` succeeds whatever it finds"
            remedy = "let it check instead of rewrite (`--check`), and let its exit status through"
            yield Finding(LinterCannotFail, Place((*route, "suites", "lint", "run")), message, remedy=remedy)
