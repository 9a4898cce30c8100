"""`pipegen explain`: the page of a rule."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc

from pipegen.commands import CLEAN, CannotError
from pipegen.rules.registry import RULES, page, rule_named
from pipegen.suggest import nearest


def run(rule: str) -> int:
    """Print the page of the rule of that name or code, or, without one, a line for each rule."""
    if not rule:
        print("\n".join(_listed()))
        return CLEAN
    found = rule_named(rule)
    if found is None:
        suggestions = nearest(rule, [known.name for known in RULES])
        known = f"did you mean {' or '.join(suggestions)}?" if suggestions else "`pipegen explain` lists them"
        raise CannotError(f"there is no rule {rule!r}; {known}")
    _print_markdown(page(found))
    return CLEAN


def _listed() -> Iterator[str]:
    """Code, name, severity, and the first sentence of the page."""
    width = max(len(rule.name) for rule in RULES)
    for rule in sorted(RULES, key=lambda rule: rule.code):
        first, *_ = cleandoc(rule.__doc__ or "").splitlines()
        yield f"{rule.code}  {rule.name:{width}}  {rule.severity:7}  {first}"


def _print_markdown(text: str) -> None:
    """Markdown for a person on a terminal, as it is for a program."""
    if not sys.stdout.isatty():
        print(text, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 100)).print(Markdown(text))
