"""The benchmark: what it times is what the README shows, and its manifests compile."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cases import PROJECT

sys.path.insert(0, str(PROJECT))

from bench import commands, inprocess, manifests

from pipegen.compiler import compile_manifest


def test_the_readme_shows_commands_that_are_timed() -> None:
    section = (PROJECT / "README.md").read_text().partition("## Speed")[2].partition("\n## ")[0]
    shown = re.findall(r"^\| ([^|]+) \| [0-9.]+ × \| [0-9.]+ × \|$", section, re.MULTILINE)
    assert len(shown) > 8
    assert set(shown) <= {command.title for command in (*commands.PIPEGEN, *commands.OTHERS)}
    assert {command.title for command in commands.OTHERS} <= set(shown)


def test_no_two_manifests_are_alike_and_all_compile() -> None:
    count = 8
    several = manifests.different(count)
    compiled = [compile_manifest(manifest, manifests.Held()).files for manifest in several]
    assert len({str(sorted((files or {}).items())) for files in compiled}) == count
    assert None not in compiled


@pytest.mark.parametrize(("number", "of"), [(3, manifests.with_environments), (50, manifests.with_components)])
def test_a_manifest_of_any_size_compiles(number: int, of: object) -> None:
    assert callable(of)
    assert compile_manifest(of(number), manifests.Held()).files
    assert max(inprocess.COMPONENTS) <= 50, "as many as the language allows"


def test_a_whole_process_is_timed() -> None:
    timing: list[str | Path] = [sys.executable, "-I", "-S", PROJECT / "bench/timing.py", "3", PROJECT, sys.executable]
    done = subprocess.run(
        [*timing, sys.executable, "-c", "sum(range(3_000_000)); b'x' * 50_000_000; raise SystemExit(3)"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    median, least, most, memory, status = done.stdout.split()
    assert 1 < float(least) <= float(median) <= float(most)
    assert float(memory) > 2
    assert status == "3"
