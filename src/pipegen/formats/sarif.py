"""SARIF 2.1.0, which GitHub's code scanning and many editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pipegen import __version__
from pipegen.diagnostics import Diagnostic, Fix, Rule, Span, visible
from pipegen.formats.texts import address, fingerprints, more, sentences

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(
    diagnostics: tuple[Diagnostic, ...],
    sources: Mapping[str, str],  # noqa: ARG001
    omitted: tuple[Diagnostic, ...] = (),
) -> str:
    """One run: the rules that found something, with their pages, and what they found."""
    rules = sorted({diagnostic.rule for diagnostic in diagnostics}, key=lambda rule: rule.code)
    results = [
        _result(diagnostic, rules.index(diagnostic.rule), fingerprint)
        for diagnostic, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
    ]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "pipegen", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    if omitted:
        told = {"level": "warning", "message": {"text": more(omitted)}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [told]}]
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: type[Rule]) -> dict[str, Any]:
    page = inspect.cleandoc(rule.__doc__ or "")
    described = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": page.partition("\n")[0]},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity},
    }
    return described | ({"helpUri": where} if (where := address(rule)) else {})


def _result(diagnostic: Diagnostic, rule: int, fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": rule,
        "level": diagnostic.rule.severity,
        "message": {"text": sentences(diagnostic)},
        "locations": [_location(diagnostic.file, diagnostic.span)],
        "partialFingerprints": {"pipegen/v1": fingerprint},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number} | _location(related.file, related.span) | {"message": {"text": visible(related.message)}}
            for number, related in enumerate(diagnostic.related, 1)
        ]
    fixes = [_fix(diagnostic.file, fix) for fix in diagnostic.fixes if fix.edits and fix.can_be_shown()]
    return result | ({"fixes": fixes} if fixes else {})


def _location(file: str, span: Span | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(file)}
    return {"physicalLocation": place | ({"region": _region(span)} if span else {})}


def _artifact(file: str) -> dict[str, str]:
    return {"uri": quote(visible(file)), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    region = {"startLine": span.line, "startColumn": span.column}
    return region | {"endLine": span.end_line, "endColumn": span.end_column}


def _fix(file: str, fix: Fix) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    changes = [{"artifactLocation": _artifact(file), "replacements": replacements}]
    return {"description": {"text": f"{visible(fix.title)} ({fix.safety})"}, "artifactChanges": changes}
