"""`pipegen compile`: write what the manifest compiles to, or say what would change."""

from __future__ import annotations

from contextlib import ExitStack

from pipegen.commands import CLEAN, FINDINGS, CannotError
from pipegen.commands.repository import ROOT, changes_to, compiled, print_diagnostics, say
from pipegen.diagnostics import visible_diff
from pipegen.drift import diagnostics, must_be_solved, place
from pipegen.formats import Format
from pipegen.output import BusyError, Change, Difference, locked, write


def run(check: bool = False, diff: bool = False, format: Format = Format.FULL) -> int:
    """Compile and write, or, with `check` or `diff`, print what would change.

    Others are kept out from before the manifest is read until everything is written.
    """
    writing = not (check or diff)
    with ExitStack() as held:
        if writing:
            try:
                held.enter_context(locked(ROOT))
            except BusyError:
                advice = "nothing was written. Run this again when it has ended"
                raise CannotError(f"another process is compiling here; {advice}") from None
        return _run(writing, diff, format)


def _run(writing: bool, diff: bool, format: Format) -> int:
    compilation = compiled()
    if compilation.files is None:
        print_diagnostics(compilation, format, compilation.diagnostics)
        return FINDINGS
    changes = changes_to(compilation.files)
    reported = [change for change in changes if must_be_solved(change) or not writing]
    print_diagnostics(compilation, format, (*compilation.diagnostics, *diagnostics(reported, shown=diff)))
    if diff and format in (Format.CONCISE, Format.GITHUB):  # the others have shown it at each file
        _print_diff(changes)
    if reported:
        return FINDINGS
    if writing:
        try:
            write(ROOT, changes)
        except OSError as error:
            raise CannotError(f"cannot write {error.filename}: {error.strerror}") from error
    _say_changes(changes, len(compilation.files))
    return CLEAN


def _print_diff(changes: tuple[Difference, ...]) -> None:
    for change in changes:
        for line in visible_diff(change.diff()):
            print(line)


def _say_changes(changes: tuple[Difference, ...], total: int) -> None:
    verbs = {Change.CREATE: "wrote", Change.UPDATE: "updated", Change.REMOVE: "removed"}
    for line in dict.fromkeys(f"{verbs[change.change]} {place(change.path)}" for change in changes):
        say(line)
    if not changes:
        say(f"unchanged: {total} compiled files are as deploy.yaml says")
