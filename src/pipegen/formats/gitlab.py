"""A report that GitLab shows in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipegen.diagnostics import Diagnostic, Severity, visible
from pipegen.formats.texts import fingerprints, more, sentences

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(
    diagnostics: tuple[Diagnostic, ...],
    sources: Mapping[str, str],  # noqa: ARG001
    omitted: tuple[Diagnostic, ...] = (),
) -> str:
    """``[{"description": …, "check_name": …, "fingerprint": …, "severity": …, "location": …}]``."""
    issues = [_issue(*pair) for pair in zip(diagnostics, fingerprints(diagnostics), strict=True)]
    if omitted:  # the form has no other place for it
        issues.append(issues[-1] | {"description": more(omitted), "check_name": "pipegen", "fingerprint": "more"})
    return json.dumps(issues, indent=2) + "\n"


def _issue(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    rule, span = diagnostic.rule, diagnostic.span
    lines = {"begin": span.line, "end": span.end_line} if span else {"begin": 1}
    return {
        "description": f"{rule.name} ({rule.code}): {sentences(diagnostic)}",
        "check_name": rule.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[rule.severity],
        "location": {"path": visible(diagnostic.file), "lines": lines},
    }
