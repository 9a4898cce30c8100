"""The network of a test run: a proxy that connects a few host names to sockets on this machine, and refuses all others.

The programs in a workflow reach a registry by its real name, over TLS from end to end; neither the machine's list of
hosts nor a port below 1024 is needed for it.
"""

import socket
import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


class _Tunnel(socketserver.StreamRequestHandler):
    """One CONNECT of a client."""

    server: "_Proxy"

    def handle(self) -> None:
        method, _, rest = self.rfile.readline().decode().partition(" ")
        while self.rfile.readline().strip():
            pass
        host, _, port = rest.partition(" ")[0].partition(":")
        to = self.server.hosts.get(host)
        if method != "CONNECT" or port != "443" or to is None:
            self.wfile.write(b"HTTP/1.1 403 Not in this test run\r\n\r\n")
            return
        with socket.socket(socket.AF_UNIX) as upstream:
            upstream.connect(str(to))
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=_copy, args=(upstream, self.connection))
            back.start()
            _copy(self.connection, upstream)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    """Until the source has no more; either side may close at once."""
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, hosts: Mapping[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.hosts = hosts


@contextmanager
def proxy(hosts: Mapping[str, Path]) -> Iterator[str]:
    """The proxy's address. `hosts` are the sockets by name."""
    with _Proxy(hosts) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
