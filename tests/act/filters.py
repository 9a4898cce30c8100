"""Whether an event starts a workflow: act ignores the filters under `on`, so they are read here.

After GitHub's «Workflow syntax» and its «Filter pattern cheat sheet».
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .events import Event

Filters = Mapping[str, Any]

_READ = {
    "push": {"branches", "branches-ignore", "tags", "tags-ignore"},
    "pull_request": {"branches", "branches-ignore", "types"},
    "merge_group": {"branches", "branches-ignore", "types"},
    "workflow_dispatch": {"inputs"},
}
_DEFAULT_TYPES = {
    "pull_request": ["opened", "synchronize", "reopened"],
    "merge_group": ["checks_requested"],
}


def starts(on: Mapping[str, Filters | None], event: Event) -> bool:
    """Whether a workflow with these events starts for this one.

    Raises ValueError for a filter that is not read here (`paths`, say), or that GitHub refuses.
    """
    if event.name not in on:
        return False
    filters = on[event.name] or {}
    if unknown := filters.keys() - _READ[event.name]:
        raise ValueError(f"filters of {event.name} that are not read here: {sorted(unknown)}")
    if event.name == "push":
        return _push(filters, event)
    if event.name == "workflow_dispatch":
        return True
    types = filters.get("types", _DEFAULT_TYPES[event.name])
    return event.payload["action"] in types and _passes(filters, "branches", _base(event))


def _base(event: Event) -> str:
    if event.name == "pull_request":
        return str(event.payload["pull_request"]["base"]["ref"])
    return str(event.payload["merge_group"]["base_ref"]).removeprefix("refs/heads/")


def _push(filters: Filters, event: Event) -> bool:
    if event.payload.get("deleted"):
        return False
    is_tag = event.ref.startswith("refs/tags/")
    kind, other = ("tags", "branches") if is_tag else ("branches", "tags")
    if not _names(filters, kind) and _names(filters, other):
        return False  # a filter on branches alone leaves all tags out, and the other way round
    return _passes(filters, kind, event.ref.removeprefix(f"refs/{'tags' if is_tag else 'heads'}/"))


def _names(filters: Filters, kind: str) -> bool:
    return kind in filters or f"{kind}-ignore" in filters


def _passes(filters: Filters, kind: str, name: str) -> bool:
    wanted, ignored = filters.get(kind), filters.get(f"{kind}-ignore")
    if wanted is not None and ignored is not None:
        raise ValueError(f"GitHub refuses {kind} together with {kind}-ignore")
    if wanted is not None:
        return matches(_list(wanted), name)
    return ignored is None or not matches(_list(ignored), name)


def _list(patterns: str | Sequence[str]) -> Sequence[str]:
    return [patterns] if isinstance(patterns, str) else patterns


def matches(patterns: Sequence[str], name: str) -> bool:
    """Whether the patterns let the name in: the last one that matches decides, and `!` makes it leave it out."""
    result = False
    for pattern in patterns:
        if re.fullmatch(_expression(pattern.removeprefix("!")), name, re.DOTALL):
            result = not pattern.startswith("!")
    return result


_TOKENS = re.compile(
    r"""
    (?P<folders> \*\*/ )           # any number of folders, none included
    | (?P<anything> \*\*+ )
    | (?P<segment> \* )            # stops at a slash
    | (?P<quantifier> [?+] )       # of the character before, as in a regular expression
    | (?P<choice> \[ [^\]]+ \] )
    | \\ (?P<escaped> . )
    | (?P<literal> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_WILD = {"folders": "(?:.*/)?", "anything": ".*", "segment": "[^/]*"}


def _expression(pattern: str) -> str:
    parts = []
    for token in _TOKENS.finditer(pattern):
        kind, text = token.lastgroup, token[0]
        if kind in _WILD:
            parts.append(_WILD[kind])
        elif kind in ("quantifier", "choice"):
            parts.append(text)
        else:
            parts.append(re.escape(text.removeprefix("\\")))
    return "".join(parts)
