"""Annotations on a run of GitHub Actions, and the same as text.

GitHub shows only ten errors and ten warnings of a step, so every diagnostic is printed as text too.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Mapping

from pipegen.diagnostics import Diagnostic, visible
from pipegen.formats import concise


def render(
    diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str], omitted: tuple[Diagnostic, ...] = ()
) -> str:
    """A command for each diagnostic, then the lines of the concise format."""
    commands = "".join(f"{_command(diagnostic)}\n" for diagnostic in diagnostics)
    return commands + concise.render(diagnostics, sources, omitted)


def _command(diagnostic: Diagnostic) -> str:
    rule, span = diagnostic.rule, diagnostic.span
    properties = {"title": f"{rule.name} ({rule.code})", "file": diagnostic.file}
    if span:
        properties |= {"line": str(span.line), "col": str(span.column)}
    listed = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    message = ". ".join(filter(None, [diagnostic.message, diagnostic.label, diagnostic.remedy]))
    return f"::{rule.severity} {listed}::{_escaped(message)}"


def _escaped(text: str, others: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in f"%{others}" else c for c in visible(text))
