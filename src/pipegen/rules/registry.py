"""Every rule, and the checks that look at several values together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pipegen.diagnostics import Finding, Rule
from pipegen.rules import (
    after,
    how_it_runs,
    image_without_digest,
    linter_cannot_fail,
    missing_file,
    missing_suite,
    missing_test,
    moving_tag,
    names_collide,
    needless_waiver,
    one_id,
    publish_not_stated,
    reading,
    shape,
    shared_host,
    suppressing,
    version_stated_twice,
    what_is_published,
    where_it_goes,
    writing,
)
from pipegen.rules.subject import Subject


class RuleModule(Protocol):
    """A module that holds rules and looks for what they are about."""

    RULES: tuple[type[Rule], ...]

    def check(self, subject: Subject) -> Iterator[Finding]:
        """What the rules find in a manifest whose every value is well formed."""
        ...


CHECKS: tuple[RuleModule, ...] = (
    missing_suite,
    needless_waiver,
    missing_test,
    missing_file,
    image_without_digest,
    names_collide,
    after,
    publish_not_stated,
    version_stated_twice,
    linter_cannot_fail,
    what_is_published,
    where_it_goes,
    moving_tag,
    how_it_runs,
    one_id,
    shared_host,
)

RULES: tuple[type[Rule], ...] = (
    *reading.RULES,
    *shape.RULES,
    *(rule for module in CHECKS for rule in module.RULES),
    *writing.RULES,
    *suppressing.RULES,
)
"""Every rule, by code."""


def check(subject: Subject) -> list[Finding]:
    """What all the checks find."""
    return [finding for module in CHECKS for finding in module.check(subject)]


_BY_WORD = {word: rule for rule in RULES for word in (rule.name, rule.code.lower())}


def rule_named(word: str) -> type[Rule] | None:
    """The rule of that name or code, in whatever case it is written."""
    return _BY_WORD.get(word.lower())


def page(rule: type[Rule]) -> str:
    """A rule's page, as Markdown: what `pipegen explain` prints and `docs/rules.md` holds."""
    import inspect  # only pages need it, and it takes as long to load as starting Python

    return f"# {rule.name} ({rule.code}, {rule.severity})\n\n{inspect.cleandoc(rule.__doc__ or '')}\n"
