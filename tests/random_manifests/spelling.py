"""A manifest's data as YAML, in one of the many ways to spell it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

from pipegen.scalars import reads_as_other_than_text

_PLAIN = re.compile(r"[A-Za-z0-9_/.][A-Za-z0-9_/.<>*+-]*")


def spelt(data: dict[str, Any], random: Random) -> str:
    """The data as a YAML document: blocks or flow, plain words or quoted ones."""
    return "\n".join(_block(data, "", random)) + "\n"


def _block(value: Any, margin: str, random: Random) -> Iterator[str]:
    items = value.items() if isinstance(value, dict) else [(None, item) for item in value]
    for key, item in items:
        head = f"{margin}-" if key is None else f"{margin}{_scalar(key, random)}:"
        if isinstance(item, dict | list) and item and random.random() < 0.7:
            yield head
            yield from _block(item, margin + "  ", random)
        else:
            yield f"{head} {_flow(item, random)}"


def _flow(value: Any, random: Random) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_scalar(key, random)}: {_flow(item, random)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(item, random) for item in value)}]"
    return _scalar(value, random)


def _scalar(value: str | int, random: Random) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and not reads_as_other_than_text(value) and random.random() < 0.7:
        return value
    if value.isprintable() and random.random() < 0.5:
        return "'{}'".format(value.replace("'", "''"))
    return json.dumps(value, ensure_ascii=False)
