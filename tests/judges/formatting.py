"""Terraform itself on compiled roots, which it reads and lays out."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from .programs import output
from .verdict import Verdict

_PLANTED = "\nplanted=1\n"
_LAID_OUT = "\nplanted = 1\n"


def terraform(paths: Sequence[Path]) -> Verdict:
    """Have `terraform fmt` rewrite copies in one process; `read` counts those of which it laid out a planted line.

    Nothing else of a copy may change. A file that cannot be parsed is left as it was, which is a finding.
    """
    program = shutil.which("terraform")
    if program is None:
        pytest.skip("terraform is not installed")
    findings: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder, f"{number}.tf") for number in range(len(paths))]
        texts = [path.read_text(encoding="utf-8") for path in paths]
        for copy, text in zip(copies, texts, strict=True):
            copy.write_text(text + _PLANTED, encoding="utf-8")
        output(program, "fmt", "-list=false", *copies)
        written = [copy.read_text(encoding="utf-8") for copy in copies]
    for path, text, now in zip(paths, texts, written, strict=True):
        if not now.endswith(_LAID_OUT):
            findings.append(f"{path}: unreadable: terraform does not lay it out")
        elif now != text + _LAID_OUT:
            findings.append(f"{path}: layout: terraform lays it out otherwise")
    return Verdict(tuple(findings), sum(now.endswith(_LAID_OUT) for now in written))
