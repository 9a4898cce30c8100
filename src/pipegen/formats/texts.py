"""What several formats say in the same words."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator

from pipegen.diagnostics import Diagnostic, Rule, visible


def sentences(diagnostic: Diagnostic) -> str:
    """Everything that a diagnostic says, on one line."""
    return visible(". ".join(filter(None, [diagnostic.message, diagnostic.label, diagnostic.remedy])))


def more(omitted: tuple[Diagnostic, ...]) -> str:
    """How many diagnostics are not told; nothing if all are."""
    return f"and {len(omitted):,} more, which are not shown" if omitted else ""


def fingerprints(diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    """What tells each diagnostic from the others when lines have moved: all but its line, and which one it is."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in diagnostics:
        identity = (diagnostic.rule.name, diagnostic.file, visible(diagnostic.message))
        seen[identity] += 1
        yield hashlib.sha256("\0".join((*identity, str(seen[identity]))).encode()).hexdigest()


def address(rule: type[Rule]) -> str | None:
    """The web address of a rule's page, where PIPEGEN_RULES_URL says where `docs/rules.md` is published.

    The fragment is the one that GitHub gives to the heading. https://github.com/Flet/github-slugger
    """
    page = os.environ.get("PIPEGEN_RULES_URL", "")
    if not re.fullmatch(r"https?://[!-~]+", page):
        return None
    return f"{page.partition('#')[0]}#{rule.name}-{rule.code.lower()}-{rule.severity}"
