"""Tests that were collected once, run for each mutant in a process of its own until one fails."""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from _pytest.runner import runtestprotocol

from cases import PROJECT
from mutation.mutants import Mutant, mutants
from mutation.patching import put

_Cache = functools._lru_cache_wrapper


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
        self.caches = [one for one in gc.get_objects() if isinstance(one, _Cache) and _is_ours(one)]
        for item, after in self._in_order(session.items):
            self._learn(item, after)
        gc.freeze()
        everything = sorted(self.reached, key=self.seconds.__getitem__)
        control = self._verdict(lambda: None, everything)
        assert control == "survived", f"without a mutant, in a process of its own: {control}"
        for name in self.modules:
            module = importlib.import_module(name)
            path = Path(str(module.__file__))
            for number, mutant in enumerate(mutants(path)):
                if number % self.nth == 0:
                    put_it = functools.partial(put, mutant, module)
                    verdict = self._verdict(put_it, self._concerned(mutant, path))
                    found.append([name, mutant.line, mutant.owner, mutant.what, verdict])
                    sys.__stderr__ and print(*found[-1], file=sys.__stderr__, flush=True)
        self.results.write_text(json.dumps(found), encoding="utf-8")
        return True

    def _in_order(self, items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
        return zip(items, [*items[1:], None], strict=True)

    def _learn(self, item: pytest.Item, after: pytest.Item | None) -> None:
        reached: set[tuple[str, str]] = set()

        def called(frame: FrameType, _event: str, _: object) -> None:
            if "/pipegen/" in frame.f_code.co_filename:
                reached.add((frame.f_code.co_filename, frame.f_code.co_qualname))

        self._forget()
        started = time.process_time()
        sys.settrace(called)
        reports = runtestprotocol(item, log=False, nextitem=after)
        sys.settrace(None)
        assert not any(report.failed for report in reports), f"{item.nodeid} fails without a mutant"
        self.seconds[item], self.reached[item] = time.process_time() - started, reached

    def _concerned(self, mutant: Mutant, path: Path) -> list[pytest.Item]:
        """The tests that run the function; for a constant, every test that runs anything of pipegen here."""
        concerned = [
            item
            for item, reached in self.reached.items()
            if (reached if mutant.is_constant else (str(path), mutant.owner) in reached)
        ]
        return sorted(concerned, key=self.seconds.__getitem__)

    def _forget(self) -> None:
        """Empty what pipegen and the tests keep, which an earlier test has worked out without the mutant."""
        for cache in self.caches:
            cache.cache_clear()

    def _verdict(self, put_it: Callable[[], None], items: list[pytest.Item]) -> str:
        """Whether the tests are content, or which one is not. They get an empty folder for their files."""
        if not items:
            return "survived"
        with tempfile.TemporaryDirectory() as folder:
            child = os.fork()
            if child == 0:
                items[0].config._tmp_path_factory._basetemp = Path(folder)  # type: ignore[attr-defined]
                os._exit(self._try(put_it, items, Path(folder, "killer")))
            _, status = os.waitpid(child, 0)
            killer = Path(folder, "killer")
            if killer.exists():
                return f"killed by {killer.read_text(encoding='utf-8')}"
        return "killed by time or signal" if status else "survived"

    def _try(self, put_it: Callable[[], None], items: list[pytest.Item], killer: Path) -> int:
        spent = int(sum(self.seconds[item] for item in items))
        resource.setrlimit(resource.RLIMIT_CPU, (20 + 3 * spent, 20 + 3 * spent))
        signal.alarm(300)
        by = "Python"
        try:
            self._forget()
            put_it()
            for item, after in self._in_order(items):
                by = item.nodeid
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
                    break
            else:
                return 0
        except BaseException as error:  # whatever it is, somebody would see it
            by = f"{by}: {error!r}"
        killer.write_text(by, encoding="utf-8")
        return 0


def _is_ours(cache: functools._lru_cache_wrapper[object]) -> bool:
    file = getattr(sys.modules.get(cache.__module__), "__file__", None) or ""
    return Path(file).is_relative_to(PROJECT) and "site-packages" not in file
