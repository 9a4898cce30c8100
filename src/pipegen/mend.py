"""Making fixes: edits of the manifest that leave every other byte as it is, comments and line ends included."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Sequence

from pipegen.compiler import Compilation
from pipegen.diagnostics import Diagnostic, Edit, Fix, Safety, Span
from pipegen.frozen import Frozen

ROUNDS = 20
"""How often what was mended is looked at again; a fix can make room for another, but not without end."""


class Made(Frozen):
    """A fix that was made, and what it was made for; lines are those of the manifest that had it."""

    diagnostic: Diagnostic
    fix: Fix


class Mended(Frozen):
    """A manifest after its fixes: its bytes, what is still to be said of it, and what was made."""

    data: bytes
    compilation: Compilation
    made: tuple[Made, ...]


def mend(data: bytes, compile_: Callable[[bytes], Compilation], allowed: Collection[Safety]) -> Mended:
    """Make the fixes of the allowed kinds, and look again, until there are none left.

    Raises RuntimeError if the manifest cannot be read afterwards where it could before: a fix is wrong then.
    """
    made: list[Made] = []
    compilation = compile_(data)
    for _ in range(ROUNDS):
        wanted = {fix: one for one in compilation.diagnostics for fix in one.fixes[:1] if fix.safety in allowed}
        chosen = apart([fix for fix in wanted if fix.edits])
        if not chosen:
            break
        data = edited(data, [edit for fix in chosen for edit in fix.edits])
        made += [Made(wanted[fix], fix) for fix in chosen]
        compilation = compile_(data)
        if compilation.document is None:
            raise RuntimeError(f"{chosen[0].title} would leave a manifest that cannot be read")
    return Mended(data, compilation, tuple(made))


def apart(fixes: Sequence[Fix]) -> list[Fix]:
    """Fixes that can be made together: of those that meet, the first.

    Two edits of one place meet as well, and so do neighbours, unless both only take something out.
    """
    chosen: list[Fix] = []
    taken: list[Edit] = []  # none of which meet, in their order
    for fix in fixes:
        claims = [*fix.edits, *(Edit(Span(at.line, at.column, at.line, at.column), "") for at in fix.needed)]
        if not any(_meets_any(edit, taken) for edit in claims):
            chosen.append(fix)
            for edit in claims:
                insort(taken, edit, key=_order)
    return chosen


def _meets_any(edit: Edit, taken: Sequence[Edit]) -> bool:
    at = bisect_left(taken, _order(edit), key=_order)
    return any(_meet(edit, other) for other in taken[max(at - 2, 0) : at + 2])


def _meet(one: Edit, other: Edit) -> bool:
    if _takes_out(one) and _takes_out(other):
        return _start(one) < _end(other) and _start(other) < _end(one)
    return _start(one) <= _end(other) and _start(other) <= _end(one)


def _takes_out(edit: Edit) -> bool:
    return not edit.text and _start(edit) < _end(edit)


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes of a UTF-8 text with edits that do not meet. Lines that are added end as the file's lines do."""
    text = data.decode("utf-8")
    mark = len(text) - len(text.removeprefix("\ufeff"))
    newline = "\r\n" if "\r\n" in text else "\n"
    starts = [mark]
    for line in text[mark:].split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    pieces, last = [], 0
    for edit in sorted(edits, key=_order):
        start, end = (starts[line - 1] + column - 1 for line, column in (_start(edit), _end(edit)))
        pieces += [text[last:start], edit.text.replace("\n", newline)]
        last = end
    return "".join([*pieces, text[last:]]).encode("utf-8")


def _order(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    return _start(edit), _end(edit)


def _start(edit: Edit) -> tuple[int, int]:
    return edit.span.line, edit.span.column


def _end(edit: Edit) -> tuple[int, int]:
    return edit.span.end_line, edit.span.end_column
