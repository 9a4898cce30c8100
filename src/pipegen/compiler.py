"""The stages, one after the other: deploy.yaml → Document → Manifest → Pipeline → FileTree."""

from __future__ import annotations

from dataclasses import dataclass

from pipegen import kinds
from pipegen.diagnostics import Diagnostic, Severity
from pipegen.files import Files
from pipegen.output import FileTree
from pipegen.rules.registry import check
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


def compile_manifest(data: bytes, files: Files) -> Compilation:
    """Compile the bytes of a manifest, in a repository that holds these files.

    Runs nothing, opens no connection, writes nothing.
    """
    reading = read(data, MANIFEST)
    if reading.document is None:
        return Compilation(data.decode("utf-8", "replace"), _in_order(reading.diagnostics), None)
    document = reading.document
    validation = validate(document)
    findings = list(validation.findings)
    tree: FileTree | None = None
    if validation.manifest is not None:
        pipeline = kinds.lower(validation.manifest)
        found = check(Subject(validation.manifest, pipeline, files))
        findings += [finding for finding in found if not validation.is_of_an_example(finding)]
        tree = {path: body for emit in TARGETS.values() for path, body in emit(pipeline).items()}
    diagnostics = _in_order((*reading.diagnostics, *(document.locate(finding) for finding in findings)))
    failed = any(diagnostic.rule.severity is Severity.ERROR for diagnostic in diagnostics)
    return Compilation(document.text, diagnostics, None if failed else tree)


def _in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """As a person reads the file, from the top."""
    return tuple(sorted(diagnostics, key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0)))
