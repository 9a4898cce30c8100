"""Somebody who uses the service while it is deployed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from typing import NamedTuple

from .balancer import LoadBalancer
from .tasks import Answer


class Visit(NamedTuple):
    """An answer, and when it came, by `time.monotonic`."""

    time: float
    answer: Answer


class Visitor:
    """Asks for a page again and again."""

    def __init__(self, balancer: LoadBalancer, host: str, path: str) -> None:
        self.visits: list[Visit] = []
        self._balancer, self._host, self._path = balancer, host, path

    def sees(self, body: str, patience: float = 30) -> None:
        """Wait until the page has this text."""
        until = time.monotonic() + patience
        while not any(visit.answer.body == body for visit in self.visits):
            if time.monotonic() > until:
                raise TimeoutError(f"nobody saw {body!r}, but {self.seen()}")
            time.sleep(0.01)

    def seen(self) -> list[str]:
        """The texts, each as often as it was seen anew."""
        bodies = [visit.answer.body for visit in self.visits]
        return [body for before, body in zip([None, *bodies], bodies, strict=False) if body != before]

    def refused(self) -> list[Answer]:
        """The answers that were errors."""
        return [visit.answer for visit in self.visits if visit.answer.status != 200]

    def ask(self, host: str, path: str) -> Answer:
        """Ask once. The status is 0 where there was no answer."""
        connection = HTTPConnection(self._balancer.address, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": host})
            found = connection.getresponse()
            return Answer(found.status, found.read().decode().strip())
        except (OSError, HTTPException) as error:
            return Answer(0, repr(error))
        finally:
            connection.close()

    @contextmanager
    def visiting(self) -> Iterator[Visitor]:
        left = Event()
        thread = Thread(target=self._visit, args=(left,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            left.set()
            thread.join()

    def _visit(self, left: Event) -> None:
        while not left.wait(0.01):
            answer = self.ask(self._host, self._path)
            self.visits.append(Visit(time.monotonic(), answer))
