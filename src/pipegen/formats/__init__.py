"""How diagnostics are printed, by the name that `--format` takes. A format never changes the exit status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from importlib import import_module

from pipegen.diagnostics import Diagnostic


class Format(StrEnum):
    """The formats; the module of the same name holds each."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


Render = Callable[[tuple[Diagnostic, ...], Mapping[str, str]], str]
"""Diagnostics, and the text of the files that they stand in, as one text to print."""


def formatted(format: Format, diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str]) -> str:
    """The diagnostics in that format; only its module is loaded."""
    render: Render = import_module(f"pipegen.formats.{format}").render
    return render(diagnostics, sources)
