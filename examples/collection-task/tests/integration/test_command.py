"""The command line, as the scheduler runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def collector(tmp_path):
    def run(*rows):
        endpoints = tmp_path / "endpoint.csv"
        endpoints.write_text("\n".join(["endpoint-url,end-date", *rows, ""]), encoding="utf-8")
        options = ["--directory", tmp_path / "collection", "--date", "2026-02-03"]
        command = [sys.executable, "-m", "collector", endpoints, *options]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    return run


def test_a_list_is_collected(collector, publisher, tmp_path):
    run = collector(
        f"{publisher.url}/data.csv,",
        f"{publisher.url}/absent.csv,",
        f"{publisher.url}/closed.csv,2026-02-01",
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "2026-02-03: 1 of 2 endpoints collected\n"
    assert publisher.requests == ["/data.csv", "/absent.csv"]
    logs = [json.loads(path.read_text()) for path in tmp_path.glob("collection/log/2026-02-03/*")]
    assert sorted(log["status"] for log in logs) == [200, 404]
    assert len(list(tmp_path.glob("collection/resource/*"))) == 1


def test_the_task_fails_if_nothing_could_be_collected(collector, publisher):
    run = collector(f"{publisher.url}/absent.csv,")
    assert run.returncode == 1
    assert run.stdout == "2026-02-03: 0 of 1 endpoints collected\n"


def test_a_list_without_active_endpoints_is_no_failure(collector):
    run = collector("https://a.example/,2026-01-01")
    assert run.returncode == 0
    assert run.stdout == "2026-02-03: 0 of 0 endpoints collected\n"


def test_a_wrong_list_stops_before_anything_is_fetched(collector, publisher):
    run = collector(f"{publisher.url}/data.csv,", "file:///etc/hosts,")
    assert run.returncode == 2
    assert "endpoint.csv:3: not an HTTP address: 'file:///etc/hosts'" in run.stderr
    assert publisher.requests == []
