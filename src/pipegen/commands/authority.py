"""`pipegen authority`: who can publish where, as compiled."""

from __future__ import annotations

from pipegen.authority import as_json, as_text
from pipegen.authority import compiled as authority_of
from pipegen.commands import CLEAN, FINDINGS
from pipegen.commands.repository import changes_to, compiled, print_diagnostics, say
from pipegen.formats import Format


def run(json: bool = False) -> int:
    """Print the table of who can publish where, as text or as JSON."""
    compilation = compiled()
    if compilation.files is None:
        print_diagnostics(compilation, Format.JSON if json else Format.FULL, compilation.diagnostics)
        return FINDINGS
    found = authority_of(compilation.files, compilation.branch)
    print(as_json(found) if json else as_text(found), end="")
    if changes_to(compilation.files):
        say("The files that are here are not as compiled, so this is not about them: see `pipegen lint`.")
        return FINDINGS
    return CLEAN
