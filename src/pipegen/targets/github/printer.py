"""`Workflow` → YAML text that every YAML 1.1 and 1.2 reader reads alike.

A printer of our own, because the libraries quote for one version of YAML only, and cannot place comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from pipegen.frozen import Frozen, fields
from pipegen.scalars import reads_as_other_than_text
from pipegen.targets.github.workflow import Job, Noted, Workflow

# What may stand unquoted: no indicator at the start, nothing that a reader could take for a key or a comment.
_PLAIN = re.compile(r"[A-Za-z0-9_./$(][A-Za-z0-9_./$()@+=&|!<>*?%^~;,'\"{}\[\]\\:# -]*")
_NOT_PLAIN = re.compile(r": |:\Z| #| \Z")
_FLOW_INDICATOR = re.compile(r"[,\[\]{}?:]")
_WIDTH = 100


def to_yaml(workflow: Workflow) -> str:
    """The text of a workflow file, without its header."""
    head = ((key, value) for key, value in _entries(workflow) if key != "jobs")
    lines = [*_mapping(head, 0), "jobs:"]
    for number, (id, job) in enumerate(workflow.jobs.items()):
        lines += [""] * (number > 0)
        lines += _entry(id, job, 2)
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=10_000)
def scalar(text: str, *, flow: bool = False) -> str:
    """A text as YAML, quoted wherever some reader would not take it for this text. `flow`: inside ``[…]``."""
    plain = _PLAIN.fullmatch(text) and not _NOT_PLAIN.search(text) and not reads_as_other_than_text(text)
    if plain and not (flow and _FLOW_INDICATOR.search(text)):
        return text
    if '"' in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped)


def _entry(key: str, value: Any, indent: int) -> Sequence[str]:
    """A key with its value, in as many lines as the value needs."""
    if isinstance(value, str):
        return _text(key, value, indent)
    margin = " " * indent
    start = f"{margin}{scalar(key)}:"
    if value is None:
        return [start]
    if isinstance(value, int | Noted):
        return [f"{start} {_inline(value)}"]
    if isinstance(value, tuple):
        if all(isinstance(item, str) for item in value):
            return _texts(start, value, margin)
        return [start, *(line for item in value for line in _item(_entries(item), indent + 2))]
    comment = value.comment if isinstance(value, Job) else None
    above = [f"{margin}# {line}" for line in (comment or "").splitlines()]
    entries = list(_entries(value))
    return [*above, start if entries else f"{start} {{}}", *_mapping(entries, indent + 2)]


@lru_cache(maxsize=2_000)
def _text(key: str, text: str, indent: int) -> tuple[str, ...]:
    """A key with a text. Most of them are the same in every repository."""
    margin = " " * indent
    start = f"{margin}{scalar(key)}:"
    if not _is_literal(text):
        return (f"{start} {scalar(text)}",)
    lines = text.removesuffix("\n").split("\n")
    return (
        f"{start} {'|' if text.endswith(chr(10)) else '|-'}",
        *(f"{margin}  {line}" if line else "" for line in lines),
    )


def _mapping(entries: Iterable[tuple[str, Any]], indent: int) -> list[str]:
    lines: list[str] = []
    for key, value in entries:
        lines += _entry(key, value, indent)
    return lines


def _item(entries: Iterable[tuple[str, Any]], indent: int) -> list[str]:
    """A mapping as an item of a sequence: the first key stands behind the dash."""
    first, *others = _mapping(entries, indent + 2)
    return [f"{' ' * indent}- {first.lstrip()}", *others]


def _texts(start: str, items: tuple[str, ...], margin: str) -> list[str]:
    """A sequence of texts: on one line where it fits."""
    line = f"{start} [{', '.join(scalar(item, flow=True) for item in items)}]"
    return [line] if len(line) <= _WIDTH else [start, *(f"{margin}  - {scalar(item)}" for item in items)]


def _inline(value: int | bool | Noted) -> str:
    if isinstance(value, Noted):
        return f"{scalar(value.value)} # {value.note}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_literal(text: str) -> bool:
    """Whether a literal block shows the text exactly: several lines, and nothing at its edges for YAML to fold."""
    lines = text.removesuffix("\n").split("\n")
    shown = all(line.replace("\t", " ").isprintable() for line in lines)
    return len(lines) > 1 and shown and not text[0].isspace() and bool(lines[-1].strip())


def _entries(value: Any) -> Iterable[tuple[str, Any]]:
    """The keys of a mapping, or of a part of a workflow: its fields, but for those that are absent."""
    if not isinstance(value, Frozen):
        return list(value.items())
    entries = ((key, getattr(value, name)) for key, name in _keys(fields(value)))
    return [(key, content) for key, content in entries if content is not None]


@cache
def _keys(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The key that each field of a part of a workflow is printed as, and the name of the field."""
    return [(name.rstrip("_").replace("_", "-"), name) for name in names if name != "comment"]
