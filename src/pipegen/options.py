"""The command lines that people and hooks run all day, read without typer, which takes longer to load than they run.

Only what is right is read. Everything else is left to `cli`: wrong usage, help, other commands, rarer spellings. A
test holds that both know the same options and read them alike.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipegen.formats import Format
from pipegen.frozen import Frozen


class CommandLine(Frozen):
    """A command, the folder to run it in (empty for this one), and the values for the `run` of its module."""

    command: str
    directory: str
    values: Mapping[str, Any]


def read(arguments: list[str]) -> CommandLine | None:
    """The command line that the arguments are, or None where they are not surely right."""
    command = ""
    values: dict[str, Any] = {}
    words = iter(arguments)
    for word in words:
        if word and not command and word in OPTIONS:
            command = word
            continue
        name, attached, text = word.partition("=") if word.startswith("--") else (word, "", "")
        if name not in OPTIONS[command] or _NAMES.get(name, name[2:]) in values:
            return None
        value = _value(OPTIONS[command][name], text if attached else None, words)
        if value is None:
            return None
        values[_NAMES.get(name, name[2:])] = value
    directory = values.pop("directory", "")
    return CommandLine(command, directory, values) if command else None


def _value(of_text: Callable[[str], Any] | None, attached: str | None, words: Iterator[str]) -> Any:
    """The value of an option, from the text after its `=` or the next word; True for a flag; None if it is wrong."""
    if of_text is _FLAG:
        return True if attached is None else None
    return of_text(next(words, "") if attached is None else attached)


def _format(text: str) -> Format | None:
    return next((format for format in Format if format == text), None)


def _folder(text: str) -> str | None:
    return text if os.access(text, os.R_OK) and Path(text).is_dir() else None


_NAMES = {"-C": "directory", "--unsafe-fixes": "unsafe_fixes"}
_DIRECTORY = {"-C": _folder, "--directory": _folder}
_FLAG = None
OPTIONS: Mapping[str, Mapping[str, Callable[[str], Any] | None]] = {
    "": _DIRECTORY,
    "lint": {**_DIRECTORY, "--format": _format, "--fix": _FLAG, "--unsafe-fixes": _FLAG, "--diff": _FLAG},
    "compile": {**_DIRECTORY, "--format": _format, "--check": _FLAG, "--diff": _FLAG},
    "lsp": {"--stdio": _FLAG},
}
"""The options of each command, and of what stands before it, with what makes a value of a text, or None of a wrong one.

A flag takes no text."""
