import os

import pytest

from common.queue import Queue


@pytest.fixture
def queue(tmp_path):
    return Queue(tmp_path)


def test_a_request_waits_runs_and_is_done(queue):
    id = queue.submit(b"content")
    assert queue.look(id) == {"status": "waiting"}
    request = queue.take()
    assert (request.name, request.read_bytes()) == (id, b"content")
    assert queue.look(id) == {"status": "running"}
    queue.finish(request, {"features": 1})
    assert queue.look(id) == {"status": "done", "result": {"features": 1}}
    assert queue.take() is None


def test_a_request_is_taken_once(queue):
    queue.submit(b"content")
    assert queue.take() is not None
    assert queue.take() is None


def test_the_oldest_is_taken_first(queue):
    ids = [queue.submit(b"") for _ in range(5)]
    for age, id in enumerate(ids):
        os.utime(queue.waiting / id, (1000 - age, 1000 - age))
    assert [queue.take().name for _ in ids] == ids[::-1]


def test_what_is_half_written_is_not_taken(queue):
    (queue.waiting / ".5f2c1d0").write_bytes(b"half")
    assert queue.take() is None


@pytest.mark.parametrize("id", ["", "0" * 32, "../waiting/x", "0" * 31 + "\n"])
def test_an_unknown_id_is_nothing(queue, id):
    assert queue.look(id) is None
