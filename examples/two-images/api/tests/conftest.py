import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

ROOT = Path(__file__).parents[2]
OPENER = build_opener(ProxyHandler({}))


@contextmanager
def python(*arguments, queue):
    """A program of this repository; stopped at the end if it still runs."""
    command = [sys.executable, "-m", *arguments]
    env = {**os.environ, "QUEUE": str(queue), "PORT": "0"}
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.terminate()


@pytest.fixture
def processor(tmp_path):
    """Lets a processor do all that waits."""

    def run():
        with python("processor", "--once", queue=tmp_path) as process:
            assert process.wait(30) == 0, process.stderr.read()

    return run


@pytest.fixture
def call(tmp_path):
    """Calls the API, which runs as in its image; returns the status and the JSON answered."""
    with python("api", queue=tmp_path) as process:
        listening = re.fullmatch(r"listening on port (\d+)\n", process.stdout.readline())
        assert listening, process.stderr.read()

        def request(path, content=None, **headers):
            url = f"http://127.0.0.1:{listening[1]}{path}"
            try:
                response = OPENER.open(Request(url, content, headers), timeout=30)
            except HTTPError as error:
                response = error
            with response:
                return response.status, json.load(response)

        request.port = int(listening[1])
        yield request
