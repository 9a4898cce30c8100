import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def repository(tmp_path):
    """A copy of what the files are made of."""
    for name in ("config", "dags", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("config.json", "__pycache__"))
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


@pytest.fixture
def make(repository):
    """Makes the configuration as it is made when the DAGs are published."""

    def run(environment):
        given = {name: value for name, value in os.environ.items() if name not in ("ENVIRONMENT", "MAKEFLAGS")}
        if environment is not None:
            given["ENVIRONMENT"] = environment
        command = ["make", "dags/config.json"]
        return subprocess.run(command, cwd=repository, env=given, capture_output=True, text=True, check=False)

    return run
