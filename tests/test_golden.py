"""What is compiled and what is said, held against committed files: a change of either shows in the review."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from cases import ACCEPTED, EXAMPLES, REJECTED, compiled, roots, workflows
from pipegen.compiler import MANIFEST, compile_manifest
from pipegen.diagnostics import Severity
from pipegen.files import WorkTree
from pipegen.formats import Format, formatted
from pipegen.output import with_header


@pytest.mark.parametrize("manifest", ACCEPTED, ids=lambda path: path.stem)
def test_accepted(manifest: Path, golden_workflow: SnapshotAssertion) -> None:
    for name, text in workflows(manifest).items():
        assert text == golden_workflow(name=name.removesuffix(".yml"))


@pytest.mark.parametrize("manifest", ACCEPTED, ids=lambda path: path.stem)
def test_accepted_roots(manifest: Path, golden_root: SnapshotAssertion) -> None:
    """The Terraform of each environment; modules are the same for everyone, and read where they stand."""
    for path, text in roots(manifest).items():
        assert text == golden_root(name=path.removesuffix(".tf").replace("/", "-"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_examples(example: Path) -> None:
    """With their marks, by which later versions know their own files."""
    files = compile_manifest((example / MANIFEST).read_bytes(), WorkTree(example)).files
    assert files
    for path, text in files.items():
        assert with_header(path, text) == (example / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("manifest", REJECTED, ids=lambda path: path.stem)
def test_rejected(manifest: Path, golden_text: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    compilation = compiled(manifest)
    assert compilation.diagnostics
    failed = any(diagnostic.rule.severity is Severity.ERROR for diagnostic in compilation.diagnostics)
    assert (compilation.files is None) == failed
    assert formatted(Format.FULL, compilation.diagnostics, {MANIFEST: compilation.text}) == golden_text
