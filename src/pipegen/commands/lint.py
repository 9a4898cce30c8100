"""`pipegen lint`: whether the manifest is right, and what is committed is what it compiles to."""

from __future__ import annotations

from pipegen.commands import CLEAN, FINDINGS
from pipegen.commands.recording import Recording
from pipegen.commands.repository import ROOT, changes_to, compiled, print_diagnostics
from pipegen.drift import diagnostics
from pipegen.files import WorkTree
from pipegen.formats import Format


def run(format: Format = Format.FULL) -> int:
    """Print every problem of the manifest and of what was compiled from it; write nothing."""
    recording = Recording(WorkTree(ROOT))
    compilation = compiled(recording)
    drift = diagnostics(changes_to(compilation.files)) if compilation.files is not None else ()
    found = (*compilation.diagnostics, *drift)
    print_diagnostics(compilation, format, found)
    if found:
        return FINDINGS
    recording.keep()
    return CLEAN
