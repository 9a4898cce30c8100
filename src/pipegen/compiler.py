"""The stages, one after the other: deploy.yaml → Document → Manifest → Pipeline → FileTree."""

from __future__ import annotations

from pipegen import authority, kinds, modeline
from pipegen.diagnostics import Diagnostic, Severity
from pipegen.document import Document
from pipegen.files import Files
from pipegen.frozen import Frozen
from pipegen.locate import locate
from pipegen.output import FileTree, with_header
from pipegen.pipeline import Pipeline
from pipegen.rules.registry import check
from pipegen.rules.subject import Subject
from pipegen.seen import MANIFEST as MANIFEST
from pipegen.source import read
from pipegen.suppressions import suppressed
from pipegen.targets import emitted
from pipegen.targets.rendered import check_what_is_written
from pipegen.validate import Validation, validate


class Compilation(Frozen):
    """What came of compiling. `files` are there when no diagnostic is an error, and `branch` is the publishing one.

    `document` and `validation` are there when the text could be read.
    """

    text: str
    diagnostics: tuple[Diagnostic, ...]
    files: FileTree | None
    branch: str = ""
    document: Document | None = None
    validation: Validation | None = None


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
    pipeline: Pipeline | None = None
    if validation.manifest is not None:
        pipeline = kinds.lower(validation.manifest)
        found = check(Subject(validation.manifest, pipeline, files))
        findings += [finding for finding in found if not validation.is_of_an_example(finding)]
    rules = {diagnostic.rule for diagnostic in reading.diagnostics} | {finding.rule for finding in findings}
    failed = any(rule.severity is Severity.ERROR for rule in rules)
    kept, of_comments = suppressed(document, findings, failed=failed)
    located = (locate(document, finding) for finding in kept)
    of_modeline = modeline.diagnostics(MANIFEST, document.text, files)
    diagnostics = _in_order((*reading.diagnostics, *located, *of_comments, *of_modeline))
    tree = None if failed or pipeline is None else _files(pipeline)
    branch = pipeline.branch if pipeline else ""
    return Compilation(document.text, diagnostics, tree, branch, document, validation)


def _files(pipeline: Pipeline) -> FileTree:
    """What a pipeline compiles to, once each file has been read as it will be written, and says what was meant."""
    rendered = emitted(pipeline)
    for path, file in rendered.items():
        check_what_is_written(path, with_header(path, file.text).encode(), file)
    tree = {path: file.text for path, file in rendered.items()}
    authority.check(pipeline, tree)
    return tree


def _in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """As a person reads the file, from the top."""
    return tuple(sorted(diagnostics, key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0)))
