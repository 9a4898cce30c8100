import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Slack(BaseHTTPRequestHandler):
    """Answers for Slack; `messages` of the server lists what was posted, `status` is its answer."""

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages.append(json.loads(content))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def slack(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slack)
    server.messages, server.status = [], 200
    monkeypatch.setenv("SLACK_WEBHOOK_URL", f"http://127.0.0.1:{server.server_port}/hook")
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def notification():
    """An event of SNS with these messages."""

    def make(*messages, subject=None):
        return {"Records": [{"Sns": {"Subject": subject, "Message": each}} for each in messages]}

    return make
