"""What the server answers to each message, and when it looks at a repository again."""

from __future__ import annotations

from collections.abc import Callable
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from pipegen import __version__
from pipegen.frozen import Frozen
from pipegen.lsp.actions import COMPILE
from pipegen.lsp.answers import Answers
from pipegen.lsp.checking import Check, check, is_saved, manifest
from pipegen.lsp.loop import Handler, Loop, Steps
from pipegen.lsp.params import UnfitError, items, optional, text, texts, whole
from pipegen.lsp.text import Encoding, negotiated
from pipegen.lsp.watching import Watching, is_about
from pipegen.lsp.workspace import Workspace, path_of, root_of

_LONGEST_DELAY = 0.3
_ERROR, _INFO = 1, 3
"""Types of a message that is shown, as the protocol numbers them."""


class Compiled(Frozen):
    """Whether a repository could be compiled, and what was said."""

    succeeded: bool
    message: str


class Server:
    """A session with an editor. `compile_` compiles the repository at a root, as the command of that name does."""

    def __init__(self, incoming: RawIOBase, outgoing: BinaryIO, compile_: Callable[[Path], Compiled]) -> None:
        handlers: dict[str, Handler] = {
            "initialize": self.initialize,
            "initialized": self.initialized,
            "textDocument/didOpen": self.did_open,
            "textDocument/didChange": self.did_change,
            "textDocument/didSave": self.did_save,
            "textDocument/didClose": self.did_close,
            "workspace/didChangeWatchedFiles": self.did_change_watched_files,
            "workspace/executeCommand": self.execute_command,
        }
        self.compile_ = compile_
        self.workspace = Workspace(Encoding.UTF_16)
        self.loop = Loop(incoming, outgoing, handlers | Answers(self.workspace, self._checked).handlers)
        self.watching = Watching(self.loop)
        self.watches = False
        self.checks: dict[Path, Check] = {}
        self.told: dict[Path, set[Path]] = {}

    def run(self) -> int:
        """Serve until the client ends; the exit status."""
        return self.loop.run()

    # Life

    def initialize(self, message: Any) -> Any:
        asked = optional(message, "capabilities")
        self.workspace.encoding = negotiated(texts(asked, "general", "positionEncodings"))
        self.watches = bool(optional(asked, "workspace", "didChangeWatchedFiles", "dynamicRegistration"))
        capabilities = {
            "positionEncoding": self.workspace.encoding,
            "textDocumentSync": {"openClose": True, "change": 1, "save": True},
            "executeCommandProvider": {"commands": [COMPILE]},
        }
        capabilities |= Answers.CAPABILITIES
        return {"capabilities": capabilities, "serverInfo": {"name": "pipegen", "version": __version__}}

    def initialized(self, _: Any) -> None:
        if self.watches:
            self.watching.begin()

    # Files

    def did_open(self, message: Any) -> None:
        self._hold(message, text(message, "textDocument", "text"))

    def did_change(self, message: Any) -> None:
        """The last change counts: each is the whole text, because no other is asked for."""
        if changes := items(message, "contentChanges"):
            self._hold(message, text(changes[-1], "text"))

    def did_save(self, message: Any) -> None:
        self._look_again(text(message, "textDocument", "uri"))

    def did_close(self, message: Any) -> None:
        uri = text(message, "textDocument", "uri")
        if path := path_of(uri):
            self.workspace.drop(path)
        self._look_again(uri)

    def did_change_watched_files(self, message: Any) -> None:
        for change in items(message, "changes"):
            uri = text(change, "uri")
            self._look_again(uri)
            path = path_of(uri)
            for root in [root for root, found in self.checks.items() if path and is_about(path, root, found)]:
                self._check_soon(root)

    # Compiling

    def execute_command(self, message: Any) -> Any:
        match items(message, "arguments"):
            case [str(uri)] if (path := path_of(uri)) and (root := root_of(path)):
                if text(message, "command") == COMPILE:
                    return self._compiled(root)
        raise UnfitError(f"the command is `{COMPILE}`, with the address of a manifest")

    def _compiled(self, root: Path) -> Any:
        """Compile what is saved: the files must never say what no commit of the manifest does."""
        unsaved = Compiled(False, "deploy.yaml has changes that are not saved. Save it, then compile.")
        result = self.compile_(root) if is_saved(self.workspace, root) else unsaved
        kind = _INFO if result.succeeded else _ERROR
        self.loop.notify("window/showMessage", {"type": kind, "message": result.message})
        self._check_later(root, 0.0)
        return {"succeeded": result.succeeded, "message": result.message}

    # Checking

    def _hold(self, message: Any, content: str) -> None:
        uri = text(message, "textDocument", "uri")
        self.workspace.put(uri, whole(message, "textDocument", "version"), content)
        self._look_again(uri)

    def _look_again(self, uri: str) -> None:
        path = path_of(uri)
        if path and (root := root_of(path)):
            self._check_soon(root)

    def _check_soon(self, root: Path) -> None:
        """Check once nobody has typed for as long as the last check took, so that checks never run behind."""
        last = self.checks.get(root)
        self._check_later(root, min(last.seconds, _LONGEST_DELAY) if last else 0.0)

    def _check_later(self, root: Path, delay: float) -> None:
        self.loop.later(("check", root), self._check(root), delay)

    def _checked(self, root: Path) -> Check:
        """What is found of a manifest as it is now, whether or not it has been told."""
        last = self.checks.get(root)
        if not last or last.data != manifest(self.workspace, root):
            return check(self.workspace, root)
        if not last.asked or last.asked.is_unchanged():
            return last
        self._check_soon(root)  # what was told is not so any more
        return check(self.workspace, root)

    def _check(self, root: Path) -> Steps:
        found = check(self.workspace, root)
        yield
        for path, diagnostics in found.diagnostics.items():
            self._publish(path, diagnostics)
        for path in self.told.get(root, set()) - set(found.diagnostics):
            self._publish(path, [])
        self.told[root] = set(found.diagnostics)
        self.checks[root] = found
        self.watching.renew(self.checks.values())

    def _publish(self, path: Path, diagnostics: list[dict[str, Any]]) -> None:
        buffer = self.workspace.held(path)
        version = {"version": buffer.version} if buffer and buffer.version is not None else {}
        told = {"uri": self.workspace.uri(path), "diagnostics": diagnostics}
        self.loop.notify("textDocument/publishDiagnostics", told | version)
