"""One JSON document, for programs. Its shape is versioned; lines and columns count from 1, columns in code points.

Texts are as a person may see them: programs print them, and logs keep them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipegen.diagnostics import Diagnostic, Fix, Span, visible, visible_diff

VERSION = 1


def render(
    diagnostics: tuple[Diagnostic, ...],
    sources: Mapping[str, str],  # noqa: ARG001
    omitted: tuple[Diagnostic, ...] = (),
) -> str:
    """``{"version": 1, "omitted": 0, "diagnostics": […]}``."""
    document = {
        "version": VERSION,
        "omitted": len(omitted),
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in diagnostics],
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.rule.severity,
        "file": visible(diagnostic.file),
        "span": _span(diagnostic.span),
        "message": visible(diagnostic.message),
        "label": visible(diagnostic.label),
        "help": visible(diagnostic.remedy),
        "related": [
            {"file": visible(related.file), "span": _span(related.span), "message": visible(related.message)}
            for related in diagnostic.related
        ],
        "detail": "\n".join(visible_diff(diagnostic.detail)),
        "fixes": [_fix(fix) for fix in diagnostic.fixes],
    }


def _fix(fix: Fix) -> dict[str, Any]:
    """A fix, without its edits where they may not be shown."""
    edits = [{"span": _span(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": visible(fix.title), "safety": fix.safety, "edits": edits if fix.can_be_shown() else []}


def _span(span: Span | None) -> dict[str, int] | None:
    if span is None:
        return None
    return {"line": span.line, "column": span.column, "endLine": span.end_line, "endColumn": span.end_column}
