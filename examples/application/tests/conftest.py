"""The database, and the server in front of it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from planning import database

ROOT = Path(__file__).parents[1]
ROWS = (ROOT / "tests/data/applications.csv").read_bytes()


class Site:
    """The running application. What it answers is kept in `folder`, for when a test fails."""

    def __init__(self, url, folder):
        self.url = url
        self.folder = folder
        self.opener = build_opener(ProxyHandler({}))

    def get(self, path, method="GET"):
        """Return the response, with its body as `text`; an error is a response as well."""
        try:
            response = self.opener.open(Request(self.url + path, method=method), timeout=30)
        except HTTPError as error:
            response = error
        with response:
            response.text = response.read().decode()
        if response.text:
            name = re.sub(r"[^a-z0-9.]+", "-", path.lower()).strip("-") or "index"
            suffix = {"text/html": ".html", "application/json": ".json"}
            kept = name + suffix.get(response.headers.get_content_type(), "")
            (self.folder / kept).write_text(response.text, encoding="utf-8")
        return response


@pytest.fixture(scope="session")
def postgres():
    """A database that the tests may fill. Without one they fail: no test of it is skipped."""
    if urlsplit(os.environ.get("DATABASE_URL", "")).hostname not in ("localhost", "127.0.0.1"):
        pytest.fail(
            "DATABASE_URL must name a PostgreSQL on this machine: see README.md", pytrace=False
        )
    try:
        database.load(ROWS)
    except database.DatabaseError as error:
        pytest.fail(f"these tests need a PostgreSQL at DATABASE_URL: {error}", pytrace=False)


@pytest.fixture
def applications(postgres):
    database.load(ROWS)


@pytest.fixture(scope="session")
def site(postgres):
    database.load(ROWS)
    folder = ROOT / "acceptance-report"
    folder.mkdir(exist_ok=True)
    env = {
        **os.environ,
        "PORT": "0",
        "GIT_COMMIT": "5f2c1d0",
        "DEPLOY_TIME": "2026-02-01T10:00:00Z",
    }
    command = [sys.executable, "-m", "planning"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log, text=True
        )
        with server:
            listening = re.fullmatch(r"listening on port (\d+)\n", server.stdout.readline())
            if listening:
                yield Site(f"http://127.0.0.1:{listening[1]}", folder)
            server.terminate()
    if not listening:
        pytest.fail(f"no server:\n{(folder / 'server.log').read_text()}", pytrace=False)
