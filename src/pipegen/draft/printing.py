"""A draft as YAML that a person goes on with: in blocks, what is short in one line, plain where that is safe."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipegen.scalars import reads_as_other_than_text

_WORD = "[A-Za-z0-9_./<>*@=+-]+(?::[A-Za-z0-9_./]+)*"
_PLAIN = re.compile(rf"(?=[A-Za-z0-9_./<]){_WORD}(?: {_WORD})*")


def lines(data: Mapping[str, Any], margin: str = "", *, apart: bool = False) -> Iterator[str]:
    """The lines of a mapping without what is empty, `apart` with a blank line after each entry.

    A key that begins with `#` holds a line that is written as it is.
    """
    for key, value in data.items():
        if key.startswith("#"):
            yield f"{margin}{value}"
        elif not _says_something(value):
            continue
        elif isinstance(value, Mapping) and not _is_short(value):
            yield f"{margin}{scalar(key)}:"
            yield from lines(value, f"{margin}  ")
        else:
            yield f"{margin}{scalar(key)}: {_flow(value)}"
        if apart:
            yield ""


def scalar(text: str) -> str:
    """A text, in quotes where a reader could take it for something else."""
    plain = _PLAIN.fullmatch(text) and not reads_as_other_than_text(text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def _says_something(value: Any) -> bool:
    return any(map(_says_something, value.values())) if isinstance(value, Mapping) else bool(value)


def _is_short(value: Mapping[str, Any]) -> bool:
    ((key, only), *others) = value.items()
    return not others and not key.startswith("#") and not isinstance(only, Mapping)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{scalar(key)}: {_flow(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return scalar(value)
