"""`pipegen compile`: write what the manifest compiles to, or say what would change."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from pipegen.commands import CLEAN, FINDINGS
from pipegen.commands.repository import (
    ROOT,
    changes_to,
    compiled,
    keep_others_out,
    print_diagnostics,
    print_diff,
    say,
    write_changes,
)
from pipegen.drift import diagnostics, must_be_solved, place
from pipegen.formats import Format
from pipegen.output import Change, Difference, Lock


def run(check: bool = False, diff: bool = False, format: Format = Format.FULL, root: Path = ROOT) -> int:
    """Compile and write, or, with `check` or `diff`, print what would change.

    Others are kept out from before the manifest is read until everything is written.
    """
    with nullcontext() if check or diff else keep_others_out(root) as lock:
        return _run(root, lock, diff, format)


def _run(root: Path, lock: Lock | None, diff: bool, format: Format) -> int:
    compilation = compiled(root=root)
    if compilation.files is None:
        print_diagnostics(compilation, format, compilation.diagnostics)
        return FINDINGS
    changes = changes_to(compilation.files, root)
    reported = [change for change in changes if must_be_solved(change) or lock is None]
    found = (*compilation.diagnostics, *diagnostics(reported, shown=diff))
    print_diagnostics(compilation, format, found, changes)
    if diff and format in (Format.CONCISE, Format.GITHUB):  # the others have shown it at each file
        print_diff(changes)
    if reported:
        return FINDINGS
    if lock:
        write_changes(lock, changes)
    _say_changes(changes, len(compilation.files))
    return CLEAN


def _say_changes(changes: tuple[Difference, ...], total: int) -> None:
    verbs = {Change.CREATE: "wrote", Change.UPDATE: "updated", Change.REMOVE: "removed"}
    for line in dict.fromkeys(f"{verbs[change.change]} {place(change.path)}" for change in changes):
        say(line)
    if not changes:
        say(f"unchanged: {total} compiled files are as deploy.yaml says")
