"""The real `pipegen lsp` in a process of its own, spoken to over its standard input and output as an editor does."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

Message = dict[str, Any]

PIPEGEN = Path(sys.executable).with_name("pipegen")
PATIENCE = 60.0
"""Seconds that an answer may take: much, since it is only waited for in vain when the server has failed."""


class Client:
    """An editor with some files of a repository open. Positions are counted from 0, as the protocol does."""

    def __init__(
        self,
        root: Path,
        *,
        encodings: list[str] | None = None,
        initialize: bool = True,
        watches: bool = False,
        command: Sequence[str | Path] = (PIPEGEN, "lsp"),
    ) -> None:
        self.root = root
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=root,
            env={name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ},
        )
        self.told: list[Message] = []
        """What the server said without being asked, but for diagnostics."""
        self.answered: list[int | str | None] = []
        """The ids of the requests that it has answered; None for what it took for none."""
        self.checks = 0
        """How often it has published diagnostics of a manifest."""
        self._asked = 0
        self._versions: dict[str, int] = {}
        self._received: queue.Queue[Message | None] = queue.Queue()
        self._diagnostics: dict[str, tuple[int | None, list[Message]]] = {}
        threading.Thread(target=self._listen, daemon=True).start()
        if initialize:
            general = {"general": {"positionEncodings": encodings}} if encodings else {}
            files = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": watches}}}
            asked = {"processId": None, "capabilities": general | files}
            self.capabilities = self.ask("initialize", asked)["capabilities"]
            self.tell("initialized", {})

    def __enter__(self) -> Self:
        """The editor; however the block ends, the server is ended."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """End the server as an editor does."""
        with suppress(Exception):
            self.close()
        self.process.kill()
        self.process.wait()

    def close(self) -> int:
        """Shut the server down as the protocol wants; its exit status."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(PATIENCE)

    def open(self, path: str, text: str | None = None) -> list[Message]:
        """Open a file, with what is on disk unless a text is given; what is said of it if it is the manifest."""
        text = (self.root / path).read_bytes().decode() if text is None else text
        document = self._next_version(path) | {"languageId": "yaml", "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics(path) if path == "deploy.yaml" else []

    def type(self, path: str, text: str) -> list[Message]:
        """Change the text of an open file; what is said of it then."""
        self.change(path, text)
        return self.diagnostics(path)

    def change(self, path: str, text: str) -> None:
        """Change the text of an open file, and wait for nothing."""
        document = self._next_version(path)
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def save(self, path: str, text: str) -> None:
        """Write the text to disk, and say so."""
        (self.root / path).write_bytes(text.encode())
        self.tell("textDocument/didSave", {"textDocument": {"uri": self.uri(path)}})

    @property
    def told_of(self) -> set[str]:
        """The addresses of the files that something was published of."""
        return set(self._diagnostics)

    def diagnostics(self, path: str) -> list[Message]:
        """What is published of an open file as it is now."""
        uri = self.uri(path)
        while True:
            version, found = self._diagnostics.get(uri, (None, []))
            if version is not None and version == self._versions.get(uri):
                return found
            self._take()

    def wait_for(self, path: str, *codes: str) -> list[Message]:
        """Wait until exactly these rules are told of at a file."""
        while True:
            _, found = self._diagnostics.get(self.uri(path), (None, []))
            if sorted(one["code"] for one in found) == sorted(codes) and self.uri(path) in self._diagnostics:
                return found
            self._take()

    def at(self, method: str, path: str, line: int, character: int) -> Any:
        """Ask something of a place."""
        place = {"textDocument": {"uri": self.uri(path)}, "position": {"line": line, "character": character}}
        return self.ask(f"textDocument/{method}", place | {"context": {"includeDeclaration": True}})

    def ask(self, method: str, params: Any) -> Any:
        """The result of a request. Raises AssertionError if it is refused."""
        answer = self.answer(self.send(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    def refused(self, method: str, params: Any) -> Message:
        """The error of a request that is refused."""
        error: Message = self.answer(self.send(method, params))["error"]
        return error

    def send(self, method: str, params: Any) -> int:
        """Send a request, and wait for nothing; its id."""
        self._asked += 1
        self.write({"id": self._asked, "method": method, "params": params})
        return self._asked

    def answer(self, request: int | str | None) -> Message:
        """The answer to a request that was sent."""
        while True:
            message = self._take()
            if "method" not in message and message["id"] == request:
                return message

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.write({"method": method, "params": params})

    def write(self, *messages: Message) -> None:
        """Send messages, all at once."""
        bodies = [json.dumps({"jsonrpc": "2.0"} | message).encode() for message in messages]
        self.raw(b"".join(b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies))

    def raw(self, data: bytes) -> None:
        """Send bytes."""
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def memory(self) -> int:
        """The most memory that the server has held, in kilobytes, where Linux tells."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))

    def processor(self) -> float:
        """The processor time that the server has used, in milliseconds, where Linux tells."""
        status = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        user, system = status.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")

    def uri(self, path: str) -> str:
        """The address of a file."""
        return (self.root / path).as_uri()

    def _next_version(self, path: str) -> Message:
        uri = self.uri(path)
        self._versions[uri] = self._versions.get(uri, 0) + 1
        return {"uri": uri, "version": self._versions[uri]}

    def _take(self) -> Message:
        """The next message, whatever it is, once what it tells has been noted."""
        message = self._received.get(timeout=PATIENCE)
        assert message is not None, f"the server has ended: {self.process.stderr and self.process.stderr.read()!r}"
        if message.get("method") == "textDocument/publishDiagnostics":
            params = message["params"]
            self._diagnostics[params["uri"]] = (params.get("version"), params["diagnostics"])
            self.checks += params["uri"] == self.uri("deploy.yaml")
        elif "method" in message:
            self.told.append(message)
        else:
            self.answered.append(message["id"])
        return message

    def _listen(self) -> None:
        assert self.process.stdout
        while (message := _read(self.process.stdout)) is not None:
            self._received.put(message)
        self._received.put(None)


def _read(stream: IO[bytes]) -> Message | None:
    length = 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        length = int(value) if name == b"Content-Length" else length
    message: Message | None = json.loads(stream.read(length)) if line else None
    return message
