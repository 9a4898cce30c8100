"""Tests that were collected once, run for each mutant in a process of its own until one fails."""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from _pytest.runner import runtestprotocol

from mutation.mutants import Mutant, mutants
from mutation.patching import put


class Mutating:
    """A plugin that runs the tests for each mutant of some modules, instead of once; `results` is written as JSON."""

    def __init__(self, modules: list[str], results: Path, nth: int) -> None:
        self.modules = modules
        self.results = results
        self.nth = nth
        self.seconds: dict[pytest.Item, float] = {}
        self.reached: dict[pytest.Item, set[tuple[str, str]]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which test reaches what, then try each mutant with those that do, the quickest first."""
        found = []
        for item, after in self._in_order(session.items):
            self._learn(item, after)
        for name in self.modules:
            module = importlib.import_module(name)
            path = Path(str(module.__file__))
            for number, mutant in enumerate(mutants(path)):
                if number % self.nth == 0:
                    verdict = self._verdict(mutant, name, self._concerned(mutant, path))
                    found.append([name, mutant.line, mutant.owner, mutant.what, verdict])
                    sys.__stderr__ and print(*found[-1], file=sys.__stderr__, flush=True)
        self.results.write_text(json.dumps(found), encoding="utf-8")
        return True

    def _in_order(self, items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
        return zip(items, [*items[1:], None], strict=True)

    def _learn(self, item: pytest.Item, after: pytest.Item | None) -> None:
        reached: set[tuple[str, str]] = set()

        def called(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and "/pipegen/" in frame.f_code.co_filename:
                reached.add((frame.f_code.co_filename, frame.f_code.co_qualname))

        started = time.process_time()
        sys.setprofile(called)
        reports = runtestprotocol(item, log=False, nextitem=after)
        sys.setprofile(None)
        assert not any(report.failed for report in reports), f"{item.nodeid} fails without a mutant"
        self.seconds[item], self.reached[item] = time.process_time() - started, reached

    def _concerned(self, mutant: Mutant, path: Path) -> list[pytest.Item]:
        """The tests that run the function; every test for a constant."""
        names = {name for reached in self.reached.values() for file, name in reached if file == str(path)}
        is_function = mutant.owner in names
        concerned = [item for item, reached in self.reached.items() if (str(path), mutant.owner) in reached]
        return sorted(concerned if is_function else list(self.reached), key=self.seconds.__getitem__)

    def _verdict(self, mutant: Mutant, name: str, items: list[pytest.Item]) -> str:
        if not items:
            return "survived"
        child = os.fork()
        if child == 0:
            os._exit(self._try(mutant, name, items))
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        return {0: "survived", 1: "killed"}.get(code, "killed by time or signal")

    def _try(self, mutant: Mutant, name: str, items: list[pytest.Item]) -> int:
        spent = int(sum(self.seconds[item] for item in items))
        resource.setrlimit(resource.RLIMIT_CPU, (20 + 3 * spent, 20 + 3 * spent))
        signal.alarm(300)
        try:
            put(mutant, sys.modules[name])
            for item, after in self._in_order(items):
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
                    return 1
        except BaseException:  # whatever it is, somebody would see it
            return 1
        return 0
