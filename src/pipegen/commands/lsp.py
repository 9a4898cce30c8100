"""`pipegen lsp`: the language server, until the editor ends it."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from pipegen.commands import CLEAN, CannotError
from pipegen.formats import Format
from pipegen.lsp.server import Compiled, Server


def run(stdio: bool = False) -> int:  # noqa: ARG001 - editors say it, and there is nothing else
    """Serve an editor over standard input and output; the exit status that the protocol wants.

    Whatever else should print goes to standard error, where editors keep a log.
    """
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with outgoing:
        return Server(os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0), outgoing, _compiled).run()


def _compiled(root: Path) -> Compiled:
    """What the command `compile` does there, and says."""
    from pipegen.commands.compile import run as compile_

    said = StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            status = compile_(format=Format.CONCISE, root=root)
    except (CannotError, OSError) as error:
        return Compiled(False, f"error: {error}")
    return Compiled(status == CLEAN, said.getvalue().strip())
