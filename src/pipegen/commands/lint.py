"""`pipegen lint`: whether the manifest is right, and what is committed is what it compiles to."""

from __future__ import annotations

from pipegen.commands import CLEAN, FINDINGS, CannotError
from pipegen.commands.recording import Recording
from pipegen.commands.repository import ROOT, changes_to, compiled, keep_others_out, print_diagnostics
from pipegen.drift import diagnostics
from pipegen.files import WorkTree
from pipegen.formats import Format


def run(format: Format = Format.FULL, fix: bool = False, unsafe_fixes: bool = False, diff: bool = False) -> int:
    """Print every problem of the manifest and of what was compiled from it.

    `fix` makes the safe fixes first, and `diff` shows what that would change instead; `unsafe_fixes` goes with either.
    """
    if unsafe_fixes and not (fix or diff):
        raise CannotError("--unsafe-fixes says which fixes are meant: write it with --fix or --diff")
    if not (fix or diff):
        return _report(format)
    from pipegen.commands import mending  # whoever mends nothing does not wait for it

    if diff:
        status = _report(format)
        if format in (Format.FULL, Format.CONCISE, Format.GITHUB):  # programs find the edits at each finding
            mending.show(unsafe=unsafe_fixes)
        return status
    with keep_others_out() as lock:
        mending.make(lock, unsafe=unsafe_fixes)
        return _report(format)


def _report(format: Format) -> int:
    recording = Recording(WorkTree(ROOT))
    compilation = compiled(recording)
    changes = changes_to(compilation.files) if compilation.files is not None else ()
    found = (*compilation.diagnostics, *diagnostics(changes))
    print_diagnostics(compilation, format, found, changes)
    if found:
        return FINDINGS
    recording.keep()
    return CLEAN
