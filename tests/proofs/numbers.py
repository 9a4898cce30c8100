"""Numbers of random cases, shared out among the processors."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from typing import TypeVar

R = TypeVar("R")


def chosen(about: str, count: int) -> range:
    """The numbers that the command line asks for: so many, from the first one on."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("count", nargs="?", type=int, default=count)
    parser.add_argument("--first", type=int, default=0, help="the first number, which makes the first case again")
    asked = parser.parse_args()
    return range(asked.first, asked.first + asked.count)


def shared_out(work: Callable[[range], R], numbers: range, size: int) -> Iterator[R]:
    """What the work makes of each stretch of so many numbers, in their order, in two processes at once."""
    stretches = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    with get_context("spawn").Pool(2) as pool:
        yield from pool.imap(work, stretches)
