"""The load balancer: a proxy that follows the compiled rule, and checks the health of what it sends requests to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Thread
from typing import Any

from .clock import scaled
from .tasks import Answer, Task

_NOBODYS = Answer(404, "the answer of the listener")


class Target:
    """A task in a target group, whose health is checked."""

    def __init__(self, task: Task, group: Mapping[str, Any]) -> None:
        self.task = task
        self.healthy: bool | None = None
        """Not known at first."""
        self.since = time.monotonic()
        """When it became so."""
        self.delay = int(group["deregistration_delay"])
        """Seconds of AWS that the last requests are given."""
        (self._check,) = group["health_check"]
        self._removed = Event()
        self._watch = Thread(target=self._look, daemon=True)
        self._watch.start()

    def remove(self) -> None:
        self._removed.set()
        self._watch.join()

    def _look(self) -> None:
        last, in_row = None, 0
        while not self._removed.wait(scaled(self._check["interval"])):
            passed = self._passes()
            in_row = in_row + 1 if passed == last else 1
            last = passed
            enough = in_row >= self._check["healthy_threshold" if passed else "unhealthy_threshold"]
            if enough and self.healthy is not passed:
                self.healthy, self.since = passed, time.monotonic()

    def _passes(self) -> bool:
        try:
            # Not scaled: the machine may be busy.
            answer = self.task.get(self._check["path"], self._check["timeout"])
        except (OSError, HTTPException):
            return False
        return any(_within(answer.status, codes) for codes in self._check["matcher"].split(","))


def _within(status: int, codes: str) -> bool:
    first, _, last = codes.partition("-")
    return int(first) <= status <= int(last or first)


class LoadBalancer:
    """A listener with one rule, and two target groups. `weights` are the parts of the requests in percent."""

    def __init__(self, rule: Mapping[str, Any], groups: Mapping[str, Mapping[str, Any]]) -> None:
        self.address = ""
        self.groups = groups
        self.targets: dict[str, Target] = {}
        """By target group."""
        self.weights: Mapping[str, int] = {}
        self._conditions = rule["condition"]
        self._numbers = count()

    def register(self, group: str, task: Task) -> Target:
        self.targets[group] = Target(task, self.groups[group])
        return self.targets[group]

    def deregister(self, group: str) -> Task:
        """Take the task out of its group. It may be stopped then."""
        target = self.targets.pop(group)
        target.remove()
        time.sleep(scaled(target.delay))
        return target.task

    def answer(self, host: str, path: str) -> Answer:
        if not self._takes(host, path):
            return _NOBODYS
        # CodeDeploy moves tenths.
        target = self._chosen(next(self._numbers) % 10 * 10)
        if target is None:
            return Answer(503, "the target group is empty")
        try:
            return target.task.get(path, timeout=60)
        except (OSError, HTTPException) as error:
            return Answer(502, str(error))

    def _chosen(self, number: int) -> Target | None:
        for group, part in self.weights.items():
            if number < part:
                return self.targets.get(group)
            number -= part
        return None

    def _takes(self, host: str, path: str) -> bool:
        page = path.partition("?")[0]
        fields = {"host_header": host, "path_pattern": page}
        return all(
            any(fnmatchcase(fields[name], pattern) for each in values for pattern in each["values"])
            for condition in self._conditions
            for name, values in condition.items()
            if values
        )

    @contextmanager
    def listening(self) -> Iterator[None]:
        server = _Listener(self)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        self.address = f"127.0.0.1:{server.server_port}"
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            for target in self.targets.values():
                target.remove()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, balancer: LoadBalancer) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.balancer = balancer


class _Request(BaseHTTPRequestHandler):
    server: _Listener

    def do_GET(self) -> None:
        answer = self.server.balancer.answer(self.headers["Host"], self.path)
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass
