"""The API, over HTTP."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from common.queue import Queue

LARGEST = 10 * 2**20


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, queue: Queue) -> None:
        super().__init__(("", port), Handler)
        self.queue = queue


class Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = 30

    def do_GET(self) -> None:
        if self.path == "/health":
            return self.answer(200, {"status": "ok"})
        found = self.server.queue.look(self.path.removeprefix("/requests/"))
        return self.answer(200, found) if found else self.fail(404, "there is no such request")

    def do_POST(self) -> None:
        if self.path != "/requests":
            return self.fail(404, "files are sent to /requests")
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            return self.fail(411, "Content-Length is missing")
        if int(length) > LARGEST:
            return self.fail(413, f"a file may have {LARGEST} bytes")
        content = self.rfile.read(int(length))
        if len(content) < int(length):
            return self.fail(400, "the file did not arrive whole")
        id = self.server.queue.submit(content)
        return self.answer(202, {"id": id}, Location=f"/requests/{id}")

    def fail(self, status: int, error: str) -> None:
        self.close_connection = True
        self.answer(status, {"error": error})

    def answer(self, status: int, body: dict[str, Any], **headers: str) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        headers |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
