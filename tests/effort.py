"""Limits on how long something may take, which neither a slow machine nor a busy one changes.

Only the processor's time counts. Limits are meant for a machine on which the yardstick takes `NOMINAL` seconds; on one
where it takes longer, or when the machine is busy with other things, they grow with it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

NOMINAL = 0.02
"""What the yardstick takes on the machine that the limits are meant for, in seconds."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail if what is done inside takes longer."""
    before = _yardstick()
    started = time.process_time()
    yield
    spent = time.process_time() - started
    assert_at_most(seconds, spent, before)


def assert_at_most(seconds: float, spent: float, before: float = NOMINAL) -> None:
    """Fail if what took so long, such as another process, took longer; `before` is what the yardstick took then."""
    allowed = seconds * max(1.0, before / NOMINAL, _yardstick() / NOMINAL)
    assert spent < allowed, f"it took {spent:.2f} s of the processor, and may take {allowed:.2f}"


def _yardstick() -> float:
    """Seconds that some work of the kind that pipegen does takes just now."""
    started = time.process_time()
    words: dict[str, int] = {}
    for number in range(60_000):
        words[f"{number % 5_000}:{number}"] = len(words)
    return time.process_time() - started
