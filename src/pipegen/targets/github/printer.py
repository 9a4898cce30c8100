"""`Workflow` → YAML text that every YAML 1.1 and 1.2 reader reads alike.

A printer of our own, because the libraries quote for one version of YAML only, and cannot place comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pipegen.frozen import fields
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


def _entry(key: str, value: Any, indent: int) -> Iterator[str]:
    """A key with its value, in as many lines as the value needs."""
    margin = " " * indent
    if isinstance(value, Job) and value.comment:
        yield from (f"{margin}# {line}" for line in value.comment.splitlines())
    start = f"{margin}{scalar(key)}:"
    match value:
        case None:
            yield start
        case bool() | int() | Noted():
            yield f"{start} {_inline(value)}"
        case str() if _is_literal(value):
            yield f"{start} {'|' if value.endswith(chr(10)) else '|-'}"
            yield from (f"{margin}  {line}" if line else "" for line in value.removesuffix("\n").split("\n"))
        case str():
            yield f"{start} {_inline(value)}"
        case tuple() if all(isinstance(item, str) for item in value):
            yield from _texts(start, value, margin)
        case tuple():
            yield start
            for item in value:
                yield from _item(_entries(item), indent + 2)
        case _:
            entries = list(_entries(value))
            yield start if entries else f"{start} {{}}"
            yield from _mapping(entries, indent + 2)


def _mapping(entries: Any, indent: int) -> Iterator[str]:
    for key, value in entries:
        yield from _entry(key, value, indent)


def _item(entries: Any, indent: int) -> Iterator[str]:
    """A mapping as an item of a sequence: the first key stands behind the dash."""
    lines = list(_mapping(entries, indent + 2))
    yield f"{' ' * indent}- {lines[0].lstrip()}"
    yield from lines[1:]


def _texts(start: str, items: tuple[str, ...], margin: str) -> Iterator[str]:
    """A sequence of texts: on one line where it fits."""
    line = f"{start} [{', '.join(scalar(item, flow=True) for item in items)}]"
    if len(line) <= _WIDTH:
        yield line
    else:
        yield start
        yield from (f"{margin}  - {scalar(item)}" for item in items)


def _inline(value: str | int | bool | Noted) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Noted(text, note):
            return f"{scalar(text)} # {note}"
        case _:
            return scalar(value)


def _is_literal(text: str) -> bool:
    """Whether a literal block shows the text exactly: several lines, and nothing at its edges for YAML to fold."""
    lines = text.removesuffix("\n").split("\n")
    shown = all(line.replace("\t", " ").isprintable() for line in lines)
    return len(lines) > 1 and shown and not text[0].isspace() and bool(lines[-1].strip())


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The keys of a mapping, or of a part of a workflow: its fields, but for those that are absent."""
    if isinstance(value, Mapping):
        yield from value.items()
        return
    for name in fields(value):
        content = getattr(value, name)
        if content is not None and name != "comment":
            yield name.rstrip("_").replace("_", "-"), content
