"""The real program under strace: which calls of the system it makes on a repository, and one of them tampered with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

PIPEGEN = Path(sys.executable).with_name("pipegen")
CHANGING = ("write", "fsync", "fchmod", "mkdirat", "linkat", "renameat", "renameat2", "unlinkat")
CALLS = (*CHANGING, "openat", "close", "read", "newfstatat", "fstat", "getdents64", "flock", "lseek", "ioctl")
IN_FOLDERS = ("openat", "newfstatat", "mkdirat", "linkat", "renameat", "renameat2", "unlinkat")
_LINE = re.compile(r'\d+ +(\w+)\((?:(?:AT_FDCWD|(\d+))<([^>]*)>)?(?:, "([^"]*)")?(.*)')


@dataclass(frozen=True)
class Call:
    """A call of the system: the how manieth of its name in the process, and what it is about."""

    name: str
    number: int
    path: str
    """From the root of the repository; `>` for what is printed."""
    changes: bool


@dataclass(frozen=True)
class Run:
    """How a run ended."""

    status: int
    stdout: str
    stderr: str
    log: str = field(repr=False)


def needs_strace() -> None:
    """Skip the test where strace is missing, or may not trace."""
    if why := _cannot_trace():
        pytest.skip(why)


@cache
def _cannot_trace() -> str:
    if not shutil.which("strace"):
        return "strace is not installed"
    with tempfile.TemporaryDirectory() as folder:
        run = _strace(Path(folder), ["exit_group"], ["exit_group:signal=SIGKILL:when=1"], "true")
    return "" if run.status == -9 else f"strace cannot trace here: {run.stderr.strip()}"


def calls(root: Path) -> list[Call]:
    """The calls that `pipegen compile` makes about a repository's files and about what it prints, in their order."""
    run = _strace(root, [f"?{name}" for name in CALLS], [], str(PIPEGEN), "compile")
    assert run.status == 0, run.stderr
    counts: Counter[str] = Counter()
    found = []
    for line in run.log.splitlines():
        if not (match := _LINE.match(line)):
            continue
        name, handle, folder, file, rest = match.groups()
        counts[name] += 1
        named = file if name in IN_FOLDERS else None  # of the others it is what is written
        path = os.path.join(folder or "", named or "")  # noqa: PTH118 an absolute one counts alone
        changes = name in CHANGING or "O_CREAT" in rest
        if name == "write" and handle in ("1", "2"):
            found.append(Call(name, counts[name], ">", False))
        elif folder and PurePosixPath(path).is_relative_to(root):
            found.append(Call(name, counts[name], str(PurePosixPath(path).relative_to(root)), changes))
    return found


def compile_with(root: Path, call: Call, what: str) -> Run:
    """Run `pipegen compile`, and let strace do something at a call: `signal=SIGKILL`, or `error=ENOSPC`."""
    when = f"{call.number}+" if what.endswith("+") else f"{call.number}"
    return _strace(root, [call.name], [f"{call.name}:{what.rstrip('+')}:when={when}"], str(PIPEGEN), "compile")


def _strace(root: Path, traced: list[str], injected: list[str], *command: str) -> Run:
    options = [option for what in injected for option in ("-e", f"inject={what}")]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        if not any("signal=" in what for what in injected):  # quicker, but no signal is ever sent
            options.append("--seccomp-bpf")
        strace = ["strace", "-f", "-qqq", "-y", "-o", str(log), "-e", f"trace={','.join(traced)}", *options]
        run = subprocess.run(
            [*strace, "--", *command],
            cwd=root,
            env={"PATH": os.environ["PATH"], "HOME": folder, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Run(run.returncode, run.stdout, run.stderr, log.read_text() if log.exists() else "")
