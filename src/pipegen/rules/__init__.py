"""The rules: one class for each thing that pipegen complains of, its page in the docstring.

Rules on the text (PG0xx), on single values (PG1xx) and on the files written (PG3xx) are reported by the stage that
meets them; `reading`, `shape` and `writing` hold their pages. A rule that looks at several values together (PG2xx)
has a module of its own with its `check`, and a line in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipegen.diagnostics import Finding
from pipegen.rules import (
    after,
    image_without_digest,
    linter_cannot_fail,
    missing_file,
    missing_suite,
    missing_test,
    names_collide,
    needless_waiver,
    publish_not_stated,
    version_stated_twice,
)
from pipegen.rules.subject import Subject

CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    missing_suite.check,
    needless_waiver.check,
    missing_test.check,
    missing_file.check,
    image_without_digest.check,
    names_collide.check,
    after.check,
    publish_not_stated.check,
    version_stated_twice.check,
    linter_cannot_fail.check,
)
"""The rules that look at several values, in no particular order."""


def check(subject: Subject) -> list[Finding]:
    """What the rules find in a manifest whose every value is well formed."""
    return [finding for check in CHECKS for finding in check(subject)]
