"""`pipegen lint`: whether the manifest is right, and what is committed is what it compiles to."""

from __future__ import annotations

from pipegen.commands import CLEAN, FINDINGS
from pipegen.commands.repository import changes_to, compiled, print_diagnostics
from pipegen.drift import diagnostics
from pipegen.formats import Format


def run(format: Format = Format.FULL) -> int:
    """Print every problem of the manifest and of what was compiled from it; write nothing."""
    compilation = compiled()
    drift = diagnostics(changes_to(compilation.files)) if compilation.files is not None else ()
    found = (*compilation.diagnostics, *drift)
    print_diagnostics(compilation, format, found)
    return FINDINGS if found else CLEAN
