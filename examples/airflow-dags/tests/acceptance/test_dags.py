"""What is published to each environment, loaded by itself as Airflow loads it."""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from make_config import is_cron

TESTS = Path(__file__).parents[1]
EXCLUDED = ("*.md", "*/tests/*")  # as in deploy.yaml


@pytest.fixture(params=["development", "staging", "production"])
def environment(request):
    return request.param


@pytest.fixture
def published(make, repository, environment, tmp_path):
    """The folder as it is in the bucket."""
    assert make(environment).returncode == 0
    source, bucket = repository / "dags", tmp_path / "bucket"
    for path in filter(Path.is_file, source.rglob("*")):
        key = path.relative_to(source)
        if not any(fnmatch.fnmatch(str(key), pattern) for pattern in EXCLUDED):
            (bucket / key).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, bucket / key)
    return bucket


@pytest.fixture
def dags(published):
    command = [sys.executable, "-B", TESTS / "acceptance/load.py", published]
    path = {"PYTHONPATH": f"{published}{os.pathsep}{TESTS / 'stubs'}"}
    run = subprocess.run(command, env={**os.environ, **path}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_only_what_airflow_needs_is_published(published):
    files = sorted(str(path.relative_to(published)) for path in published.rglob("*") if path.is_file())
    assert files == [
        "collection.py",
        "config.json",
        "datasets.py",
        "pipelines/__init__.py",
        "pipelines/config.py",
        "pipelines/tasks.py",
        "usage_report.py",
    ]


def test_every_file_has_its_dags(dags, environment):
    collections = 1 if environment == "development" else 3
    files = [dag["file"] for dag in dags]
    assert files == ["collection.py"] * collections + ["datasets.py", "usage_report.py"]


def test_ids_are_unique(dags):
    ids = [dag["id"] for dag in dags]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", id) for id in ids)


def test_schedules_are_those_of_the_environment(dags, environment):
    scheduled = {dag["file"] for dag in dags if dag["schedule"]}
    assert scheduled == {
        "development": set(),
        "staging": {"collection.py"},
        "production": {"collection.py", "datasets.py", "usage_report.py"},
    }.get(environment)
    assert all(is_cron(dag["schedule"]) for dag in dags if dag["schedule"])


def test_every_task_is_started_by_a_family_of_its_environment(dags, environment):
    for task in (task for dag in dags for task in dag["tasks"].values()):
        family = task["task_definition"]
        # neither an ARN nor a revision, which would keep an old image
        assert re.fullmatch(rf"{environment}-mwaa-[a-z-]+", family)
        assert [each["name"] for each in task["overrides"]["containerOverrides"]] == [family]
        assert task["cluster"] == f"{environment}-cluster"


def test_tasks_wait_for_what_they_need(dags):
    upstream = {dag["id"]: {name: task["upstream"] for name, task in dag["tasks"].items()} for dag in dags}
    assert upstream["collection-brownfield-land"] == {"collect": [], "transform": ["collect"]}
    built = [name for name in upstream["datasets"] if name.startswith("build-")]
    assert built
    assert upstream["datasets"]["check"] == built
    assert upstream["datasets"]["publish"] == ["check"]
