"""Patterns of Python's as JavaScript reads them, since editors do."""

from __future__ import annotations

import re

from pipegen.forbidden import EXPRESSION
from pipegen.manifest.strings import Text

# The end of a text: `$` would allow a line feed before it in Python, and `\Z` is not JavaScript.
_END = r"(?![\s\S])"

WITHOUT_EXPRESSION = rf"^(?![\s\S]*({EXPRESSION.pattern}))"
"""A text without what GitHub or AWS would evaluate."""


def whole(text: Text) -> str:
    """The pattern of a class of strings, for the whole text and not for a line of it."""
    return f"^(?:{_javascript(text.pattern)}){_END}"


def unreserved(text: Text) -> str:
    """The pattern of what does not belong to somebody else."""
    return f"^(?!(?:{_javascript(text.reserved)}){_END})"


def may_hold_expression(text: Text) -> bool:
    """Whether the class alone does not keep expressions out."""
    return re.fullmatch(text.pattern, "${{ github.sha }}") is not None


def _javascript(pattern: str) -> str:
    r"""A pattern in JavaScript's syntax, which has neither ``\Z`` nor ``(?i:…)``."""
    insensitive = pattern.replace(r"\Z", _END)
    while (start := insensitive.find("(?i:")) >= 0:
        end = _closing(insensitive, start)
        inside = insensitive[start + 4 : end]
        either = "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() else c for c in inside)
        insensitive = f"{insensitive[:start]}(?:{either}){insensitive[end + 1 :]}"
    return insensitive


def _closing(pattern: str, start: int) -> int:
    depth = 0
    for index in range(start, len(pattern)):
        depth += {"(": 1, ")": -1}.get(pattern[index], 0)
        if depth == 0:
            return index
    raise ValueError(f"no closing parenthesis in {pattern}")
