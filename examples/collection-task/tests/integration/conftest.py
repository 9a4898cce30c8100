import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Publisher(BaseHTTPRequestHandler):
    """Answers for a publisher's server; `requests` of the server lists the paths asked for."""

    def do_GET(self):
        self.server.requests.append(self.path)
        if self.path == "/moved.csv":
            self.send_response(302)
            self.send_header("Location", "/data.csv")
            self.end_headers()
        elif self.path in ("/data.csv", "/copy.csv"):
            self.answer(b"reference\nBLR-1\n")
        elif self.path == "/empty.csv":
            self.answer(b"")
        elif self.path == "/cut.csv":
            self.answer(b"reference\n", length=1000)
        elif self.path == "/slow.csv":
            self.server.closing.wait()
        else:
            self.send_error(404)

    def answer(self, content, length=None):
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def publisher(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.requests = []
    server.closing = threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()
