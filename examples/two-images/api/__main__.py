"""The command line: python -m api."""

import os
import signal
import sys

from common.queue import Queue

from .server import Server

# the first process of a container is not stopped by a signal that it does not handle
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with Server(int(os.getenv("PORT", "8080")), Queue.from_environment()) as server:
    print(f"listening on port {server.server_port}", flush=True)
    server.serve_forever()
