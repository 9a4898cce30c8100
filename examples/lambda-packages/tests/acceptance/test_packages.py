"""Each package, built and zipped, unpacked elsewhere and called as AWS calls it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNTIMES = {
    "python": [sys.executable, "-I", ROOT / "tests/runtime.py"],
    "node": ["node", ROOT / "tests/runtime.mjs"],
}


@pytest.fixture
def repository(tmp_path):
    """A copy of what the packages are made of."""
    for name in ("exporter", "notifier", "redirect", "scripts"):
        ignore = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, tmp_path / "repository" / name, ignore=ignore)
    shutil.copy(ROOT / "Makefile", tmp_path / "repository")
    return tmp_path / "repository"


@pytest.fixture
def call(tmp_path):
    """Unpacks a zip, or the zip of a folder, and calls its function with an event."""

    def run(built, runtime, handler, event):
        unpacked = tmp_path / "task"
        if built.is_dir():
            built = Path(shutil.make_archive(str(tmp_path / built.name), "zip", built))
        shutil.unpack_archive(built, unpacked)
        command = [*RUNTIMES[runtime], unpacked, handler]
        process = subprocess.run(
            command, input=json.dumps(event), cwd=tmp_path, capture_output=True, text=True
        )
        assert process.returncode == 0, process.stderr
        return json.loads(process.stdout)

    return run


def build(repository, *command):
    """Run a command of deploy.yaml."""
    env = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
    subprocess.run(command, cwd=repository, env=env, check=True, stdout=subprocess.DEVNULL)


def test_the_notifier_posts(repository, call, slack, notification):
    build(repository, "make", "dist/notifier.zip")
    event = notification("It is done.", subject="Nightly run")
    built = repository / "dist/notifier.zip"
    assert call(built, "python", "notifier.handler.handle", event) == {"posted": 1}
    assert slack.messages == [{"text": "*Nightly run*\nIt is done."}]


def test_the_exporter_exports(repository, call):
    build(repository, "npm", "ci", "--prefix", "exporter")
    event = {
        "requestContext": {"http": {"method": "POST"}},
        "queryStringParameters": {"name": "trees"},
        "isBase64Encoded": False,
        "body": '[{"reference": "T1", "species": "Oak, sessile"}]',
    }
    answer = call(repository / "exporter", "node", "index.handler", event)
    assert answer["statusCode"] == 200
    assert answer["body"] == 'reference,species\r\nT1,"Oak, sessile"\r\n'


def test_the_redirect_redirects(repository, call):
    event = {"path": "/brownfield-sites", "queryStringParameters": {}}
    answer = call(repository / "redirect", "python", "redirect.handle", event)
    assert answer["statusCode"] == 301
    assert answer["headers"]["Location"].endswith("/dataset/brownfield-land")
