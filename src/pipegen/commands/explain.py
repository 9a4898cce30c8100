"""`pipegen explain`: the page of a rule."""

from __future__ import annotations

import sys

from pipegen.commands import CLEAN, CannotError
from pipegen.rules.registry import RULES, page, rule_named
from pipegen.suggest import nearest


def run(rule: str) -> int:
    """Print the page of the rule of that name or code."""
    found = rule_named(rule)
    if found is None:
        suggestions = nearest(rule, [known.name for known in RULES])
        known = (
            f"did you mean {' or '.join(suggestions)}?" if suggestions else "each message shows the name of its rule"
        )
        raise CannotError(f"there is no rule {rule!r}; {known}")
    _print_markdown(page(found))
    return CLEAN


def _print_markdown(text: str) -> None:
    """Markdown for a person on a terminal, as it is for a program."""
    if not sys.stdout.isatty():
        print(text, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 100)).print(Markdown(text))
