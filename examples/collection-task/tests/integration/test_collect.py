"""One endpoint at a time, from a server on this machine."""

import hashlib
import json
from datetime import date

import pytest

from collector.collect import collect
from collector.endpoints import Endpoint

DAY = date(2026, 2, 3)
CONTENT = b"reference\nBLR-1\n"
RESOURCE = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def collected(publisher, tmp_path):
    def run(path, day=DAY, timeout=10):
        endpoint = Endpoint(publisher.url + path)
        result = collect(endpoint, tmp_path, day, timeout)
        log = tmp_path / "log" / day.isoformat() / f"{endpoint.key}.json"
        return result, json.loads(log.read_text(encoding="utf-8"))

    return run


def resources(directory):
    return {path.name: path.read_bytes() for path in directory.glob("resource/*")}


def test_content_is_stored_by_its_hash(collected, publisher, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_COMMIT", "5f2c1d0")
    monkeypatch.setenv("DEPLOY_TIME", "2026-02-01T10:00:00Z")
    result, log = collected("/data.csv")
    assert result
    assert resources(tmp_path) == {RESOURCE: CONTENT}
    assert log["endpoint-url"] == f"{publisher.url}/data.csv"
    assert (log["status"], log["resource"]) == (200, RESOURCE)
    assert log["response-headers"]["Content-Type"] == "text/csv"
    assert log["collector"] == {"commit": "5f2c1d0", "deployed": "2026-02-01T10:00:00Z"}


def test_the_same_content_is_stored_once(collected, tmp_path):
    assert collected("/data.csv")[1]["resource"] == collected("/copy.csv")[1]["resource"]
    assert collected("/moved.csv")[1]["resource"] == RESOURCE
    assert resources(tmp_path) == {RESOURCE: CONTENT}


def test_an_endpoint_is_fetched_once_a_day(collected, publisher):
    collected("/data.csv")
    collected("/data.csv")
    assert publisher.requests == ["/data.csv"]
    collected("/data.csv", day=date(2026, 2, 4))
    assert publisher.requests == ["/data.csv", "/data.csv"]


def test_a_failure_is_tried_again_the_same_day(collected, publisher):
    collected("/absent.csv")
    collected("/absent.csv")
    assert publisher.requests == ["/absent.csv", "/absent.csv"]


def test_an_empty_answer_is_a_resource(collected, tmp_path):
    assert collected("/empty.csv")[0]
    assert list(resources(tmp_path).values()) == [b""]


def test_an_error_is_logged_with_its_status(collected, tmp_path):
    result, log = collected("/absent.csv")
    assert not result
    assert log["status"] == 404
    assert "resource" not in log
    assert resources(tmp_path) == {}


@pytest.mark.parametrize(
    ("path", "exception"), [("/cut.csv", "IncompleteRead"), ("/slow.csv", "Timeout")]
)
def test_what_did_not_arrive_whole_is_not_stored(collected, tmp_path, path, exception):
    result, log = collected(path, timeout=0.5)
    assert not result
    assert exception in log["exception"]
    assert resources(tmp_path) == {}
