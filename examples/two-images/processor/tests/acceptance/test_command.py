"""The processor as it runs in its image, on a queue with requests in it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from common.queue import Queue

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def processor(tmp_path):
    def start(*options):
        return subprocess.Popen(
            [sys.executable, "-m", "processor", *options],
            cwd=ROOT,
            env={**os.environ, "QUEUE": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )

    return start


def test_everything_that_waits_is_processed(processor, tmp_path):
    queue = Queue(tmp_path)
    ids = [queue.submit((DATA / "site.geojson").read_bytes()) for _ in range(3)]
    with processor("--once") as process:
        assert len(process.stdout.readlines()) == 3
    assert process.returncode == 0
    assert {queue.look(id)["result"]["features"] for id in ids} == {2}


def test_it_waits_for_requests_until_it_is_stopped(processor, tmp_path):
    queue = Queue(tmp_path)
    with processor() as process:
        id = queue.submit((DATA / "site.geojson").read_bytes())
        line = process.stdout.readline()
        assert line.startswith(f"{id}: ")
        assert queue.look(id)["status"] == "done"
        process.terminate()
        started = time.monotonic()
        assert process.wait(10) == 0
        assert time.monotonic() - started < 5


def test_wrong_options_are_refused(processor):
    with processor("--twice") as process:
        assert process.wait(10) == 1
