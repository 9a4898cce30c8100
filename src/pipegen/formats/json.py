"""One JSON document, for programs. Its shape is versioned; lines and columns count from 1, columns in code points."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipegen.diagnostics import Diagnostic, Span

VERSION = 1


def render(diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str]) -> str:  # noqa: ARG001
    """``{"version": 1, "diagnostics": […]}``."""
    document = {"version": VERSION, "diagnostics": [_diagnostic(diagnostic) for diagnostic in diagnostics]}
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.rule.severity,
        "file": diagnostic.file,
        "span": _span(diagnostic.span),
        "message": diagnostic.message,
        "label": diagnostic.label,
        "help": diagnostic.remedy,
        "related": [
            {"file": related.file, "span": _span(related.span), "message": related.message}
            for related in diagnostic.related
        ],
    }


def _span(span: Span | None) -> dict[str, int] | None:
    if span is None:
        return None
    return {"line": span.line, "column": span.column, "endLine": span.end_line, "endColumn": span.end_column}
