"""Compiled roots and their modules before checkov, which `make proof` installs beside the other tools.

It asks for other versions of what they share: make .venv-checkov/ready && .venv/bin/pytest tests/test_checkov.py
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cases import HERE, PROJECT, compiled
from terraform import cli

pytestmark = pytest.mark.slow

MANIFESTS = ("running", "lambda-image", "public")
"""What these compile to calls every module."""

CANARY = 'resource "aws_sqs_queue" "canary" {\n  name = "canary"\n}\n'  # without encryption


class Finding(NamedTuple):
    """A check that did not pass, in a file, and the reason where it was skipped."""

    check: str
    file: str
    reason: str


class Scan(NamedTuple):
    """What checkov says of a folder."""

    passed: int
    failed: set[Finding]
    skipped: set[Finding]
    unread: set[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkov")
    for name in MANIFESTS:
        compilation = compiled(HERE / f"accepted/{name}.yaml")
        assert compilation.files is not None, compilation.diagnostics
        for path, text in compilation.files.items():
            if path.startswith("deploy/"):
                (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / name / path).write_text(text)
    (folder / "canary").mkdir()
    (folder / "canary/main.tf").write_text(CANARY)
    return folder


@pytest.fixture(scope="module")
def scan(folder: Path) -> Scan:
    return _scan(folder)


def _scan(folder: Path) -> Scan:
    if not (checkov := shutil.which("checkov", path=f"{PROJECT / '.venv-checkov/bin'}:{os.environ['PATH']}")):
        pytest.skip("checkov is not installed: make .venv-checkov/ready")
    command = [checkov, "--directory", str(folder), "--framework", "terraform", "--skip-download", "--output", "json"]
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=900, check=False)
    said = json.loads(done.stdout)
    results = said["results"]
    return Scan(
        passed=said["summary"]["passed"],
        failed={_finding(record) for record in results["failed_checks"]},
        skipped={_finding(record) for record in results["skipped_checks"]},
        unread={Path(path).relative_to(folder).as_posix().partition("/")[2] for path in results["parsing_errors"]},
    )


def _finding(record: Mapping[str, Any]) -> Finding:
    file = str(record["file_path"]).lstrip("/").partition("/")[2]
    return Finding(record["check_id"], file, record["check_result"].get("suppress_comment", ""))


def test_every_module_is_looked_at(folder: Path) -> None:
    called = {path.name for path in folder.glob("*/deploy/modules/*")}
    assert called == {path.parent.name for path in cli.MODULES.glob("*/main.tf")}


def test_checkov_finds_nothing_but_the_seeded_mistake(scan: Scan) -> None:
    assert {(finding.check, finding.file) for finding in scan.failed} == {("CKV_AWS_27", "main.tf")}
    assert not scan.unread
    assert scan.passed > 450


def test_what_is_skipped_has_its_reason_beside_it(folder: Path, scan: Scan) -> None:
    written = {
        Finding(check, path.relative_to(folder).as_posix().partition("/")[2], reason)
        for path in folder.glob("*/deploy/modules/*/*.tf")
        for check, reason in _SKIP.findall(path.read_text())
    }
    assert scan.skipped == written
    assert len({finding.check for finding in written}) < 16


def test_nothing_is_skipped_that_would_pass(folder: Path, scan: Scan, tmp_path: Path) -> None:
    bare = shutil.copytree(folder, tmp_path / "bare")
    for path in bare.glob("*/deploy/modules/*/*.tf"):
        path.write_text(_SKIP.sub("#", path.read_text()))
    failed, skipped = (
        {(finding.check, finding.file) for finding in findings}
        for findings in (_scan(bare).failed - scan.failed, scan.skipped)
    )
    assert failed == skipped


_SKIP = re.compile(r"# checkov:skip=(\w+):(.+)")
