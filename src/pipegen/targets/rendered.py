"""A rendered file, and the proof that it says what was meant.

A text is wrong in ways that its printer cannot see: a quote that is missing, a key that got lost. So each file comes
with its content as plain data, made from the model and not from the text, and with a reader that shares nothing with
the printer. What is about to be written is read, and compared. No option turns this off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipegen.frozen import Frozen

# Mappings, sequences, and below them anything that can be compared.
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
        header, body = _parted(data.decode())
        found = _difference(file.meant, file.read(body), "") if header else "its header is missing"
    except Exception as error:
        raise MisprintError(f"{path} cannot be read back: {error}") from error
    if found:
        raise MisprintError(f"{path} does not say what is meant: {found}")


def _parted(text: str) -> tuple[str, str]:
    header = _HEADER.match(text)
    return (header[0], text[header.end() :]) if header else ("", text)


def _difference(meant: Plain, read: Plain, place: str) -> str | None:
    """The first difference, with its place. Types count, and so does the order of keys."""
    if isinstance(meant, Mapping) and isinstance(read, Mapping):
        if list(meant) != list(read):
            return f"{place or 'the file'} has the keys {[*read]} and not {[*meant]}"
        pairs = [(meant[key], read[key], f"{place}.{key}".lstrip(".")) for key in meant]
    elif isinstance(meant, tuple | list) and isinstance(read, tuple | list):
        if len(meant) != len(read):
            return f"{place or 'the file'} has {len(read)} items and not {len(meant)}"
        pairs = [(one, other, f"{place}[{i}]") for i, (one, other) in enumerate(zip(meant, read, strict=True))]
    elif type(meant) is type(read) and meant == read:
        return None
    else:
        return f"{place or 'the file'} is {read!r} and not {meant!r}"
    return next(filter(None, (_difference(*pair) for pair in pairs)), None)
