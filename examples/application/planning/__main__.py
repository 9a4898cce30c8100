"""The command line: python -m planning, or python -m planning load < applications.csv."""

import os
import signal
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

from . import database
from .app import Application


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def main() -> None:
    if sys.argv[1:] == ["load"]:
        try:
            database.load(sys.stdin.buffer.read())
        except database.DatabaseError as error:
            sys.exit(f"planning: {error}")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        # the first process of a container is not stopped by a signal that it does not handle
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        port = int(os.getenv("PORT", "8080"))
        with make_server("", port, Application(), server_class=Server) as server:
            print(f"listening on port {server.server_port}", flush=True)
            server.serve_forever()


if __name__ == "__main__":
    main()
