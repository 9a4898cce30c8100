"""Making fixes: edits of the manifest that leave every other byte as it is, comments and line ends included."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from pipegen.compiler import MANIFEST, Compilation
from pipegen.diagnostics import Edit, Fix, Safety
from pipegen.frozen import Frozen
from pipegen.source import read

ROUNDS = 20
"""How often what was mended is looked at again; a fix can make room for another, but not without end."""


class Mended(Frozen):
    """A manifest after its fixes: its bytes, what is still to be said of it, and the fixes that were made."""

    data: bytes
    compilation: Compilation
    made: tuple[Fix, ...]


def mend(data: bytes, compile_: Callable[[bytes], Compilation], allowed: Collection[Safety]) -> Mended:
    """Make the fixes of the allowed kinds, and look again, until there are none left.

    Raises RuntimeError if the manifest cannot be read afterwards where it could before: a fix is wrong then.
    """
    made: list[Fix] = []
    compilation = compile_(data)
    for _ in range(ROUNDS):
        candidates = [fix for diagnostic in compilation.diagnostics for fix in diagnostic.fixes[:1]]
        chosen = apart([fix for fix in candidates if fix.safety in allowed and fix.edits])
        if not chosen:
            break
        data = edited(data, [edit for fix in chosen for edit in fix.edits])
        if read(data, MANIFEST).document is None:
            raise RuntimeError(f"{chosen[0].title} would leave a manifest that cannot be read")
        made += chosen
        compilation = compile_(data)
    return Mended(data, compilation, tuple(made))


def apart(fixes: Sequence[Fix]) -> list[Fix]:
    """Fixes that can be made together: of those that meet, the first. Two edits of one place meet as well."""
    chosen: list[Fix] = []
    taken: list[Edit] = []
    for fix in fixes:
        if not any(_meet(edit, other) for edit in fix.edits for other in taken):
            chosen.append(fix)
            taken += fix.edits
    return chosen


def _meet(one: Edit, other: Edit) -> bool:
    return _start(one) <= _end(other) and _start(other) <= _end(one)


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes of a UTF-8 text with edits that do not meet. Lines that are added end as the file's lines do."""
    text = data.decode("utf-8")
    mark = len(text) - len(text.removeprefix("\ufeff"))
    newline = "\r\n" if "\r\n" in text else "\n"
    starts = [mark]
    for line in text[mark:].split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for edit in sorted(edits, key=_start, reverse=True):
        start, end = (starts[line - 1] + column - 1 for line, column in (_start(edit), _end(edit)))
        text = text[:start] + edit.text.replace("\n", newline) + text[end:]
    return text.encode("utf-8")


def _start(edit: Edit) -> tuple[int, int]:
    return edit.span.line, edit.span.column


def _end(edit: Edit) -> tuple[int, int]:
    return edit.span.end_line, edit.span.end_column
