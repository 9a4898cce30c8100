"""Skipping a test for a program that this machine lacks."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

# Where the harness's own PATH looks; a package manager's directories besides are no concern of a step.
_PLACES = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"


def needs(*programs: str) -> None:
    """Skip the calling test where one of them is missing."""
    missing = [name for name in programs if shutil.which(name, path=_PLACES) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}; as root, scripts/system-packages installs what is packaged")


def program(name: str) -> str:
    """The path of a program that `needs` has asked for."""
    found = shutil.which(name, path=_PLACES)
    assert found
    return str(Path(found))


def needs_builder() -> None:
    """Skip the calling test where buildah is missing, or may not build."""
    needs("buildah")
    if why := _why_not():
        pytest.skip(f"buildah cannot build here: {why}")


@cache
def _why_not() -> str:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        own = [f"--root={folder}/root", f"--runroot={folder}/run", "--storage-driver=vfs"]
        run = subprocess.run([program("buildah"), *own, "from", "scratch"], capture_output=True, text=True, check=False)
        return run.stderr if run.returncode else ""
