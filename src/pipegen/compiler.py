"""The stages, one after the other: deploy.yaml → Document → Manifest → Pipeline → FileTree."""

from __future__ import annotations

from dataclasses import dataclass

from pipegen import kinds, rules
from pipegen.diagnostics import Diagnostic, Severity
from pipegen.output import FileTree
from pipegen.repository import Repository
from pipegen.rules.subject import Subject
from pipegen.source import read
from pipegen.targets import TARGETS
from pipegen.validate import validate

MANIFEST = "deploy.yaml"


@dataclass(frozen=True, slots=True)
class Compilation:
    """What came of compiling. `files` are there when no diagnostic is an error."""

    text: str
    diagnostics: tuple[Diagnostic, ...]
    files: FileTree | None


def compile_manifest(data: bytes, repository: Repository) -> Compilation:
    """Compile the bytes of a manifest, as those of a repository that holds the files that it names.

    Runs nothing, opens no connection, writes nothing.
    """
    reading = read(data, MANIFEST)
    if reading.document is None:
        return Compilation(data.decode("utf-8", "replace"), _in_order(reading.diagnostics), None)
    document = reading.document
    validation = validate(document)
    findings = list(validation.findings)
    files: FileTree | None = None
    if validation.manifest is not None:
        pipeline = kinds.lower(validation.manifest, repository)
        findings += rules.check(Subject(validation.manifest, pipeline, repository))
        files = {path: body for emit in TARGETS.values() for path, body in emit(pipeline).items()}
    diagnostics = _in_order((*reading.diagnostics, *(document.locate(finding) for finding in findings)))
    failed = any(diagnostic.rule.severity is Severity.ERROR for diagnostic in diagnostics)
    return Compilation(document.text, diagnostics, None if failed else files)


def _in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """As a person reads the file, from the top."""
    return tuple(sorted(diagnostics, key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0)))
