"""yaml-language-server, spoken to over its standard input and output as an editor speaks to it.

The protocol is https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/; the server
is the one that package-lock.json pins.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pytest

from cases import PROJECT
from judges.programs import node

Message = dict[str, Any]

_PROGRAM = PROJECT / "node_modules/yaml-language-server/bin/yaml-language-server"
_PATIENCE = 60.0
"""Seconds that an answer may take: much, since it is only waited for in vain when the server has failed."""
# What an editor asks for by itself; nothing is fetched from the network.
_SETTINGS = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}, "schemas": {}},
    "http": {"proxy": "", "proxyStrictSSL": False},
}
_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"configuration": True},
}


class Server:
    """A running server, and one document of a folder that is open in it."""

    def __init__(self, folder: Path) -> None:
        if not _PROGRAM.exists():
            pytest.skip("yaml-language-server is not installed: npm ci")
        self._folder = folder.as_uri()
        self._texts = 0
        self._asked = 0
        self._answers: queue.Queue[Message] = queue.Queue()
        self._published: queue.Queue[Message] = queue.Queue()
        self._sending = threading.Lock()
        self._process = subprocess.Popen(
            [node(), _PROGRAM, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        threading.Thread(target=self._listen, daemon=True).start()
        opened = {"uri": self._folder, "name": folder.name}
        opening = {"processId": None, "rootUri": self._folder, "workspaceFolders": [opened]}
        self._ask("initialize", opening | {"capabilities": _CAPABILITIES})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def __enter__(self) -> Self:
        """The server, which is ended however the block ends."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """End the server, and wait for its end."""
        with suppress(Exception):
            self._ask("shutdown", None)
            self._tell("exit", None)
            self._process.wait(5)
        self._process.kill()
        self._process.wait()

    def write(self, text: str) -> None:
        """Open a new document with this text: what is published for one is never about an earlier text."""
        if self._texts:
            self._tell("textDocument/didClose", {"textDocument": {"uri": self._document}})
        self._texts += 1
        opened = {"uri": self._document, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": opened})

    def problems(self, text: str) -> list[Message]:
        """What the server says of a text, in the order of the places."""
        self.write(text)
        return sorted(self._published_now(), key=lambda found: [*found["range"]["start"].values()])

    def complete(self, line: int, character: int) -> list[Message]:
        """What may be written at a place, counted from 0."""
        answer = self._ask("textDocument/completion", self._at(line, character))
        items: list[Message] = answer["items"] if isinstance(answer, dict) else answer
        return items

    def hover(self, line: int, character: int) -> str:
        """What is shown for the word at a place, counted from 0: Markdown, or nothing."""
        answer = self._ask("textDocument/hover", self._at(line, character))
        return str(answer["contents"]["value"]) if answer else ""

    @property
    def _document(self) -> str:
        return f"{self._folder}/deploy-{self._texts}.yaml"

    def _at(self, line: int, character: int) -> Message:
        return {"textDocument": {"uri": self._document}, "position": {"line": line, "character": character}}

    def _published_now(self) -> list[Message]:
        while (published := self._published.get(timeout=_PATIENCE))["uri"] != self._document:
            pass
        found: list[Message] = published["diagnostics"]
        return found

    def _ask(self, method: str, params: Mapping[str, Any] | None) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while (answer := self._answers.get(timeout=_PATIENCE))["id"] != self._asked:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, params: Mapping[str, Any] | None) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0"} | dict(message)).encode()
        stream = self._process.stdin
        assert stream
        with self._sending:
            stream.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
            stream.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while (message := _received(stream)) is not None:
            if "method" not in message:
                self._answers.put(message)
            elif message["method"] == "textDocument/publishDiagnostics":
                self._published.put(message["params"])
            elif message["method"] == "workspace/configuration":
                wanted = [_SETTINGS.get(item.get("section", ""), {}) for item in message["params"]["items"]]
                self._send({"id": message["id"], "result": wanted})
            elif "id" in message:
                self._send({"id": message["id"], "result": None})


def _received(stream: IO[bytes]) -> Message | None:
    """The next message, or None at the end of the stream."""
    length = 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if not line:
        return None
    message: Message = json.loads(stream.read(length))
    return message
