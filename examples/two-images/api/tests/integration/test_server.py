"""The API with its queue, without a processor."""

import socket


def test_a_file_is_put_in_the_queue(call, tmp_path):
    status, body = call("/requests", b"content")
    assert status == 202
    assert (tmp_path / "waiting" / body["id"]).read_bytes() == b"content"
    assert call(f"/requests/{body['id']}") == (200, {"status": "waiting"})


def test_what_is_not_there_is_not_found(call):
    assert call("/absent")[0] == 404
    assert call(f"/requests/{'0' * 32}") == (404, {"error": "there is no such request"})
    assert call("/absent", b"content")[0] == 404


def test_the_load_balancer_is_answered(call):
    assert call("/health") == (200, {"status": "ok"})


def test_a_file_that_is_too_large_is_refused_before_it_is_read(call, tmp_path):
    assert raw(call.port, "Content-Length: 99999999") == "413"
    assert raw(call.port, "Content-Length: -1") == "411"
    assert raw(call.port, "X: no length") == "411"
    assert list((tmp_path / "waiting").iterdir()) == []


def test_a_file_that_does_not_arrive_whole_is_refused(call, tmp_path):
    assert raw(call.port, "Content-Length: 9", b"half") == "400"
    assert list((tmp_path / "waiting").iterdir()) == []


def raw(port, header, content=b""):
    """The status that is answered to a request that no client library would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        head = f"POST /requests HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n"
        connection.sendall(head.encode() + content)
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile().readline().split()[1]
