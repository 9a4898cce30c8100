"""Calling the judges that are programs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Nothing of the caller's environment: a token would take zizmor online, and options such as SHELLCHECK_OPTS or
# ZIZMOR_CONFIG would change what is found.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "NO_COLOR": "1"}


class JudgeError(Exception):
    """A judge did not run to its end, so that neither its findings nor their absence mean anything."""


def installed(name: str) -> str:
    """The program that the project's own environment pins, never another of that name on the PATH."""
    return str(Path(sys.executable).with_name(name))


def node() -> str:
    """Node, or a skip of the calling test: it is the one judge that Python's tools do not bring along."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    return found


def output(*command: str | Path, put: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in the judges' environment, with the text put to its standard input.

    Exit codes are the caller's to read: most mean «found something».
    """
    return subprocess.run(
        [str(part) for part in command],
        env=_ENVIRONMENT,
        input=put,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
