"""What no text of a manifest may hold, whatever its class."""

from __future__ import annotations

import re

from pipegen.diagnostics import SECRET

EXPRESSION = re.compile(r"\$\{\{|\{\{resolve:")
"""What GitHub or AWS would evaluate where it arrives."""


def is_forbidden(text: str) -> bool:
    """Whether a text holds an expression, or what looks like a credential."""
    return bool(EXPRESSION.search(text) or SECRET.search(text))
