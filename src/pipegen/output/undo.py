"""Doing all of something or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Undo = Callable[[Callable[[], None]], None]
"""Takes note of how a step is undone, should a later one fail."""


@contextmanager
def all_or_nothing() -> Iterator[Undo]:
    """Undo what was done, the last of it first, if the rest of it fails. An OSError also says what cannot be undone."""
    steps: list[Callable[[], None]] = []
    try:
        yield steps.append
    except BaseException as error:
        left = [failure for step in reversed(steps) if (failure := _failure(step))]
        if left and isinstance(error, OSError):
            why = f"{error.strerror}; this could not be put back as it was: {', '.join(left)}"
            raise OSError(error.errno, why, error.filename) from error
        raise


def _failure(step: Callable[[], None]) -> str | None:
    """The path that a step failed with."""
    try:
        step()
    except OSError as error:
        return str(error.filename)
    return None
