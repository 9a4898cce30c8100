"""Annotations on a run of GitHub Actions, and the same as text.

GitHub shows only ten errors and ten warnings of a step, so every diagnostic is printed as text too.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipegen.diagnostics import Diagnostic, visible
from pipegen.formats import concise, full
from pipegen.formats.texts import sentences


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
        properties |= {"endLine": str(span.end_line), "endColumn": str(span.end_column)}
    listed = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{rule.severity} {listed}::{_escaped(sentences(diagnostic))}"


def summary(
    diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str], omitted: tuple[Diagnostic, ...] = ()
) -> str:
    """What the summary of the run shows: the full format, as a block of code in which nothing is markup.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
    """
    text = full.render(diagnostics, sources, omitted, colour=False)
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 3)
    return f"### pipegen\n\n{fence}text\n{text}{fence}\n\n" if text else ""


def _escaped(text: str, others: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in f"%{others}" else c for c in visible(text))
