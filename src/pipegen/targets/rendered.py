"""A rendered file, and the proof that it says what was meant.

A text is wrong in ways that its printer cannot see: a quote that is missing, a key that got lost. So each file comes
with its content as plain data, made from the model and not from the text, and with a reader that shares nothing with
the printer. What is about to be written is read, and compared. No option turns this off.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pipegen.frozen import Frozen

# Dictionaries, lists, and below them anything that can be compared.
Plain = object

_HEADER = re.compile("(?:# [^\n]*\n){2}")


class Rendered(Frozen):
    """The text of a file without its header, what is meant by it, and what reads that from the text again."""

    text: str
    meant: Plain
    read: Callable[[str], Plain]


class MisprintError(Exception):
    """A file would not say what was meant: pipegen has a bug."""


def copied(text: str) -> Rendered:
    """A file that is shipped with pipegen, and written as it is."""
    return Rendered(text, text, str)


def check_what_is_written(path: str, data: bytes, file: Rendered) -> None:
    """Raise MisprintError with the first difference between what is meant and what these bytes say."""
    try:
        difference = _difference(file.meant, file.read(_body(data.decode())))
    except Exception as error:
        raise MisprintError(f"{path} cannot be read back: {error}") from error
    if difference:
        place, wrong = difference
        raise MisprintError(f"{path} does not say what is meant: {place.lstrip('.') or 'the file'} {wrong}")


def _body(text: str) -> str:
    header = _HEADER.match(text)
    if not header:
        raise ValueError("its header is missing")
    return text[header.end() :]


def _difference(meant: Any, read: Any) -> tuple[str, str] | None:
    """The first difference: its place, and what is wrong there. Types count, and so does the order of keys."""
    kind = type(meant)
    if kind is not type(read) or (kind is not dict and kind is not list and meant != read):
        return "", f"is {read!r} and not {meant!r}"
    if kind is dict:
        if list(meant) != list(read):
            return "", f"has the keys {[*read]} and not {[*meant]}"
        for key, one in meant.items():
            if found := _difference(one, read[key]):
                return f".{key}{found[0]}", found[1]
    elif kind is list:
        if len(meant) != len(read):
            return "", f"has {len(read)} items and not {len(meant)}"
        for number, (one, other) in enumerate(zip(meant, read, strict=True)):
            if found := _difference(one, other):
                return f"[{number}]{found[0]}", found[1]
    return None
