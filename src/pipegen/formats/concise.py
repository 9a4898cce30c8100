"""One line for each diagnostic, as compilers print them and editors parse them."""

from __future__ import annotations

from collections.abc import Mapping

from pipegen.diagnostics import Diagnostic, visible
from pipegen.formats.texts import more


def render(
    diagnostics: tuple[Diagnostic, ...],
    sources: Mapping[str, str],  # noqa: ARG001
    omitted: tuple[Diagnostic, ...] = (),
) -> str:
    """``deploy.yaml:10:3: error[unknown-key] PG102: message``."""
    lines = [*map(_line, diagnostics), *filter(None, [more(omitted)])]
    return "".join(f"{line}\n" for line in lines)


def _line(diagnostic: Diagnostic) -> str:
    rule, span = diagnostic.rule, diagnostic.span
    position = f"{diagnostic.file}:{span.line}:{span.column}" if span else diagnostic.file
    hint = f" ({diagnostic.label or diagnostic.remedy})" if diagnostic.label or diagnostic.remedy else ""
    return visible(f"{position}: {rule.severity}[{rule.name}] {rule.code}: {diagnostic.message}{hint}")
