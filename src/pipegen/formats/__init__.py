"""How diagnostics are printed, by the name that `--format` takes. A format never changes the exit status."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # help names the formats and has nothing to print
    from pipegen.diagnostics import Diagnostic


class Format(StrEnum):
    """The formats; the module of the same name holds each."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    SARIF = "sarif"


LIMIT = 100
"""How many diagnostics are printed. Nobody reads more, and a file can be made to have one for every few bytes."""


class Render(Protocol):
    """What prints diagnostics, quoting from the text of the files that they stand in.

    `omitted` are those beyond the limit: a format says how many there are.
    """

    def __call__(
        self, diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str], omitted: tuple[Diagnostic, ...]
    ) -> str:
        """The diagnostics as one text to print."""
        ...


def formatted(format: Format, diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str]) -> str:
    """The diagnostics in that format, errors before warnings if not all can be printed; only its module is loaded."""
    render: Render = import_module(f"pipegen.formats.{format}").render
    return render(*_limited(diagnostics, sources))


def summarised(diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str]) -> str:
    """The diagnostics as the summary of a step of GitHub Actions shows them; nothing if there are none."""
    from pipegen.formats.github import summary

    return summary(*_limited(diagnostics, sources))


def _limited(
    diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str]
) -> tuple[tuple[Diagnostic, ...], Mapping[str, str], tuple[Diagnostic, ...]]:
    from pipegen.diagnostics import Severity

    if len(diagnostics) > LIMIT:
        diagnostics = tuple(sorted(diagnostics, key=lambda one: one.rule.severity is Severity.WARNING))
    return diagnostics[:LIMIT], sources, diagnostics[LIMIT:]
