"""Tests that were collected once, run for each mutant in a process of its own until one fails."""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from _pytest.runner import runtestprotocol

from cases import PROJECT
from mutation.mutants import Mutant, mutants
from mutation.patching import put

_Cache = functools._lru_cache_wrapper
_Tried = tuple[str, int, str, str, str]  # the module, the line, the function or constant, the mistake, and the verdict


class Mutating:
    """A plugin that runs the tests for each mutant of some modules, instead of once.

    `tests` says of each module how the ids of the tests begin that guard it. Of a module every `nth` mutant is tried,
    by as many processes as `jobs` says; `results` is written as JSON.
    """

    def __init__(self, tests: dict[str, tuple[str, ...]], results: Path, nth: int, jobs: int) -> None:
        self.tests = tests
        self.results = results
        self.nth = nth
        self.jobs = jobs
        self.seconds: dict[pytest.Item, float] = {}
        self.reached: dict[pytest.Item, set[tuple[str, str]]] = {}
        self.kills: Counter[tuple[str, str, str]] = Counter()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which test reaches what, then try each mutant with those that do."""
        gc.unfreeze()  # after an earlier part, whose caches would not be found
        self.caches = [one for one in gc.get_objects() if isinstance(one, _Cache) and _is_ours(one)]
        guards = [item for item in session.items if any(self._guards(item, name) for name in self.tests)]
        for item, after in self._in_order(guards):
            self._learn(item, after)
        gc.freeze()
        everything = sorted(self.reached, key=self.seconds.__getitem__)
        control = self._verdict(lambda: None, everything)
        assert control == "survived", f"without a mutant, in a process of its own: {control}"
        with tempfile.TemporaryDirectory() as folder:
            found = self._by_jobs(Path(folder))
        self.results.write_text(json.dumps(found), encoding="utf-8")
        return True

    def _by_jobs(self, folder: Path) -> list[_Tried]:
        """What became of every mutant. Each process takes every so manieth."""
        children = []
        for job in range(self.jobs):
            child = os.fork()
            if child == 0:
                try:
                    found = [self._tried(*one) for one in list(self._mutants())[job :: self.jobs]]
                    Path(folder, str(job)).write_text(json.dumps(found), encoding="utf-8")
                    os._exit(0)
                finally:
                    os._exit(1)  # and not on with what only the first process is to do
            children.append(child)
        assert sum(os.waitpid(child, 0)[1] for child in children) == 0, "a process has failed"
        return sorted(tuple(one) for path in folder.iterdir() for one in json.loads(path.read_text(encoding="utf-8")))

    def _mutants(self) -> Iterator[tuple[str, Mutant]]:
        for name in self.tests:
            path = Path(str(importlib.import_module(name).__file__))
            yield from ((name, mutant) for number, mutant in enumerate(mutants(path)) if number % self.nth == 0)

    def _tried(self, name: str, mutant: Mutant) -> _Tried:
        module = importlib.import_module(name)
        items = self._concerned(name, mutant, str(module.__file__))
        verdict = self._verdict(functools.partial(put, mutant, module), items)
        self.kills[name, mutant.owner, verdict] += 1
        found = (name, mutant.line, mutant.owner, mutant.what, verdict)
        sys.__stderr__ and print(*found, file=sys.__stderr__, flush=True)
        return found

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

    def _concerned(self, name: str, mutant: Mutant, file: str) -> list[pytest.Item]:
        """The tests of the module that run the function; for a constant, all that run anything of pipegen here.

        The quickest stand first, and the sooner the more mutants of the function they have killed.
        """
        concerned = [
            item
            for item, reached in self.reached.items()
            if self._guards(item, name) and (reached if mutant.is_constant else (file, mutant.owner) in reached)
        ]
        kills = {item: self.kills[name, mutant.owner, f"killed by {item.nodeid}"] for item in concerned}
        return sorted(concerned, key=lambda item: self.seconds[item] / (1 + kills[item]))

    def _guards(self, item: pytest.Item, name: str) -> bool:
        return item.nodeid.startswith(tuple(f"tests/{test}" for test in self.tests[name]))

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
        by = "Python"
        try:
            self._forget()
            put_it()
            for item, after in self._in_order(items):
                by = item.nodeid
                # The signal of either clock ends the process: that of the processor's, and that of the wall.
                signal.setitimer(signal.ITIMER_PROF, 3 + 3 * self.seconds[item])
                signal.alarm(30 + 3 * int(self.seconds[item]))
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
