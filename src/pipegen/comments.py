"""The comments of a manifest. Nothing but a suppression is ever read from one, and no byte of them is compiled."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Span
from pipegen.frozen import Frozen
from pipegen.source import scalar_spans


class Comment(Frozen):
    """A comment from its `#` to the end of its line; `alone` where nothing stands before it."""

    span: Span
    text: str
    alone: bool


def comments(text: str, about: str) -> Iterator[Comment]:
    """The comments of a readable text that hold a word.

    A `#` begins one where it stands in no scalar: neither between quotes, nor in a block, nor within a word.
    """
    lines = text.split("\n")
    wanted = {n for n, line in enumerate(lines, 1) if about in line and "#" in line}
    taken: dict[int, list[tuple[int, int]]] = {n: [] for n in wanted}
    for span in scalar_spans(text) if wanted else ():
        for n in wanted.intersection(range(span.line, span.end_line + 1)):
            start = span.column if n == span.line else 1
            end = span.end_column if n == span.end_line else len(lines[n - 1]) + 1
            taken[n].append((start, end))
    for n in sorted(wanted):
        line = lines[n - 1]
        start = _start(line, taken[n])
        if about in line[start:]:
            yield Comment(Span(n, start + 1, n, len(line) + 1), line[start:], not line[:start].strip(" "))


def _start(line: str, taken: list[tuple[int, int]]) -> int:
    """The index of the first `#` that is outside what scalars have taken, which are in the order of the file."""
    begin = 0
    for start, end in taken:
        if (found := line.find("#", begin, start - 1)) >= 0:
            return found
        begin = max(begin, end - 1)
    found = line.find("#", begin)
    return found if found >= 0 else len(line)
