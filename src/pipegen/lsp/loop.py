"""What is done, and when: every message first, in its order, and long work in small steps while none waits.

One thread reads, and one works. A message that comes in the middle of long work waits for a step of it, a few
milliseconds. What is to be done of a text that has changed meanwhile is put off, and then done once.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Hashable, Mapping
from io import RawIOBase
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from pipegen.diagnostics import visible
from pipegen.frozen import Frozen
from pipegen.lsp.params import UnfitError
from pipegen.lsp.wire import Message, UnreadableError, receive, send

Steps = Generator[None, None, Any]
"""Work that stops after every few milliseconds, and in the end returns the answer."""
Handler = Callable[[Any], Any]
"""Takes the parameters of a message. A request's gives its answer, or `Steps` towards it."""

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = -32700, -32600, -32601, -32602, -32603
NOT_INITIALIZED, REQUEST_FAILED, CONTENT_MODIFIED, REQUEST_CANCELLED = -32002, -32803, -32801, -32800


class RefusedError(Exception):
    """A request has no answer, for a reason that its sender is told."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Work(Frozen):
    """Steps to take from a time on, and the request that they answer, if any."""

    steps: Steps
    due: float
    request: Any = None


class Loop:
    """A connection to a client, until that ends it."""

    def __init__(self, incoming: RawIOBase, outgoing: BinaryIO, handlers: Mapping[str, Handler]) -> None:
        self.handlers = handlers
        self._incoming = incoming
        self._outgoing = outgoing
        self._arrived: SimpleQueue[Message | UnreadableError | None] = SimpleQueue()
        self._waiting: deque[Message | UnreadableError | None] = deque()
        self._work: dict[Hashable, _Work] = {}
        self._initialized = False
        self._shut_down = False
        self._asked = 0

    def run(self) -> int:
        """Serve until the client says `exit` or goes away; 0 only if it has said `shutdown` before."""
        Thread(target=self._listen, daemon=True).start()
        while True:
            self._take_what_arrived()
            if not self._waiting:
                self._step()
                continue
            message = self._waiting.popleft()
            if message is None or (isinstance(message, dict) and message.get("method") == "exit"):
                return 0 if message and self._shut_down else 1
            self._take(message)

    def notify(self, method: str, params: Message) -> None:
        """Tell the client something."""
        send(self._outgoing, {"method": method, "params": params})

    def ask(self, method: str, params: Message) -> None:
        """Ask the client for something that it may as well not do."""
        self._asked += 1
        send(self._outgoing, {"id": f"pipegen-{self._asked}", "method": method, "params": params})

    def later(self, key: Hashable, steps: Steps, delay: float) -> None:
        """Take these steps when so many seconds have passed, instead of those that the key had before."""
        self._work.pop(key, None)
        self._work[key] = _Work(steps, time.monotonic() + delay)

    def _listen(self) -> None:
        """Read until the end, so that a client never waits for us to take what it sends."""
        while True:
            message: Message | UnreadableError | None
            try:
                message = receive(self._incoming)
            except UnreadableError as error:
                message = error
            except OSError:
                message = None
            self._arrived.put(message)
            if message is None or (isinstance(message, dict) and message.get("method") == "exit"):
                return

    def _take_what_arrived(self) -> None:
        """Take every message that is there, or wait for one until some work is due. Cancelled requests are dropped."""
        due = min((work.due for work in self._work.values()), default=None)
        wait = None if due is None else max(0.0, due - time.monotonic())
        try:
            while True:
                message = self._arrived.get(timeout=0 if self._waiting else wait)
                if isinstance(message, dict) and message.get("method") == "$/cancelRequest":
                    self._cancel(message.get("params"))
                else:
                    self._waiting.append(message)
        except Empty:
            pass

    def _cancel(self, params: Any) -> None:
        request = params.get("id") if isinstance(params, dict) else None
        if not isinstance(request, str | int):
            return
        waiting = [one for one in self._waiting if isinstance(one, dict) and one.get("id") == request]
        for message in waiting:
            self._waiting.remove(message)
        if self._work.pop(("request", request), None) or waiting:
            self._refuse(request, REQUEST_CANCELLED, "cancelled")

    def _take(self, message: Message | UnreadableError) -> None:
        if isinstance(message, UnreadableError):
            self._refuse_unreadable(PARSE_ERROR, str(message))
        elif isinstance(method := message.get("method"), str):
            self._handle(method, message)
        elif "id" not in message or method is not None:  # otherwise an answer, and none of ours is waited for
            self._refuse_unreadable(INVALID_REQUEST, "a message has a method, or is an answer")

    def _handle(self, method: str, message: Message) -> None:
        request = message.get("id")
        handler = self.handlers.get(method)
        if not isinstance(request, str | int | None):
            self._refuse_unreadable(INVALID_REQUEST, "the id of a request is a text or a number")
        elif not self._initialized and method != "initialize":
            self._refuse(request, NOT_INITIALIZED, "`initialize` comes first")
        elif self._shut_down or (self._initialized and method == "initialize"):
            self._refuse(request, INVALID_REQUEST, f"`{visible(method)}` comes too late")
        elif method == "shutdown":
            self._shut_down = True
            for work in self._work.values():
                self._refuse(work.request, REQUEST_CANCELLED, "the server is shut down")
            self._work.clear()
            self._answer(request, None)
        elif handler is None:
            if not method.startswith("$/"):  # these are optional by the protocol
                self._refuse(request, METHOD_NOT_FOUND, f"there is no `{visible(method)}`")
        else:
            done = self._try(request, lambda: self._start(request, handler(message.get("params"))))
            self._initialized = self._initialized or done

    def _start(self, request: Any, found: Any) -> None:
        if isinstance(found, Generator):
            self._work["request", request] = _Work(found, time.monotonic(), request)
        else:
            self._answer(request, found)

    def _step(self) -> None:
        """One step of what has been due for the longest. It is due anew then, so quick work overtakes long work."""
        if not self._work:
            return
        key, work = min(self._work.items(), key=lambda item: item[1].due)
        if work.due <= time.monotonic() and not self._try(work.request, lambda: self._go_on(key, work)):
            self._work.pop(key, None)

    def _go_on(self, key: Hashable, work: _Work) -> None:
        try:
            next(work.steps)
            self._work[key] = _Work(work.steps, time.monotonic(), work.request)
        except StopIteration as end:
            self._work.pop(key, None)
            self._answer(work.request, end.value)

    def _try(self, request: Any, action: Callable[[], None]) -> bool:
        """Do it, and tell whoever asked if it cannot be done: the next message may be another matter."""
        try:
            action()
        except RefusedError as error:
            self._refuse(request, error.code, str(error))
        except UnfitError as error:
            self._refuse(request, INVALID_PARAMS, str(error))
        except (BrokenPipeError, ConnectionError):
            raise
        except Exception as error:
            if os.environ.get("PIPEGEN_TRACEBACK"):
                traceback.print_exc(file=sys.stderr)
            text = f"pipegen has a bug: {type(error).__name__}: {visible(str(error))}"
            self._refuse(request, INTERNAL_ERROR, text)
            self.notify("window/logMessage", {"type": 1, "message": text})
        else:
            return True
        return False

    def _answer(self, request: Any, result: Any) -> None:
        if request is not None:
            send(self._outgoing, {"id": request, "result": result})

    def _refuse(self, request: Any, code: int, message: str) -> None:
        """Refuse a request; a notification, which has no id, is never answered."""
        if request is not None:
            send(self._outgoing, {"id": request, "error": {"code": code, "message": message}})

    def _refuse_unreadable(self, code: int, message: str) -> None:
        """Say that something came of which nobody can tell what it is."""
        send(self._outgoing, {"id": None, "error": {"code": code, "message": message}})
