"""How diagnostics are printed, by the name that `--format` takes. A format never changes the exit status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from pipegen.diagnostics import Diagnostic

Format = Callable[[tuple[Diagnostic, ...], Mapping[str, str]], str]
"""Diagnostics, and the text of the files that they stand in, as one text to print."""

FORMATS = ("full", "concise", "json", "github")


def formatted(name: str, diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str]) -> str:
    """The diagnostics in one of `FORMATS`; only its module is loaded."""
    render: Format = import_module(f"pipegen.formats.{name}").render
    return render(diagnostics, sources)
