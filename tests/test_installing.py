"""What is installed: the packages of CI are those of a fresh machine, and no lock file is forgotten."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from cases import PROJECT

# Of the image of GitHub's runners, https://github.com/actions/runner-images. Docker's package brings runc, and Debian's
# would replace it: each conflicts with the other.
ON_A_RUNNER = {"curl", "git", "make", "openssl", "postgresql", "runc"}


def test_ci_has_the_packages_that_a_fresh_machine_gets() -> None:
    script = (PROJECT / "scripts/system-packages").read_text()
    (listed,) = re.findall(r"^packages=\(\n(.*?)^\)", script, re.MULTILINE | re.DOTALL)
    installed = {pair.partition("=")[2] for pair in listed.split()}
    stated = yaml.safe_load((PROJECT / "deploy.yaml").read_text())["test"]["system-packages"]
    assert installed > ON_A_RUNNER
    assert set(stated) == installed - ON_A_RUNNER


def _of_python() -> list[str]:
    return [str(path.relative_to(PROJECT)) for pattern in ("*.lock", "bench/*.lock") for path in PROJECT.glob(pattern)]


def _renewed() -> list[str]:
    """The commands of `make lock`, which are not run."""
    run = subprocess.run(["make", "-n", "lock"], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True)
    return run.stdout.replace("\\\n", "").splitlines()


@pytest.mark.parametrize("lock", _of_python())
def test_a_lock_of_python_packages_is_renewed(lock: str) -> None:
    (command,) = [one for one in _renewed() if f" --output-file {lock} " in one and "--require-hashes" not in one]
    assert " --upgrade " in command
    assert (PROJECT / command.split()[-1]).is_file(), "what the lock is made of"
    assert command.split()[-1] in (PROJECT / lock).read_text().split("\n", 2)[1]


@pytest.mark.parametrize("folder", ["", "bench"])
def test_a_lock_of_node_packages_is_renewed(folder: str) -> None:
    assert (PROJECT / folder / "package-lock.json").is_file()
    assert f"npm update --save --prefix {folder}".removesuffix(" --prefix ") in _renewed()
