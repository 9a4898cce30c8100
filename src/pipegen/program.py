"""A run of the program: who reads the command line, and how it ends, whatever happens.

Exit status: 0 clean, 1 findings, 2 wrong usage or a file that cannot be read or written, 3 a bug in pipegen, 130
interrupted.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

from pipegen import __version__, options
from pipegen.commands import BUG, FINDINGS, INTERRUPTED, USAGE, CannotError, enter


def run() -> None:
    """Run the command that the arguments name, and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what its encoding cannot say is escaped, not an error
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            sys.exit(_status(sys.argv[1:]))
        finally:
            sys.stdout.flush()
    except CannotError as error:
        _say(f"error: {error}")
        sys.exit(USAGE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _print_no_more()
        sys.exit(FINDINGS)
    except OSError as error:  # a command says itself which file it cannot read or write
        _say(f"error: cannot {f'use {error.filename}' if error.filename else 'print'}: {error.strerror}")
        _print_no_more()
        sys.exit(USAGE)
    except Exception as error:
        if os.environ.get("PIPEGEN_TRACEBACK"):
            raise
        from pipegen.diagnostics import visible

        _say(f"error: pipegen {__version__} has a bug: {type(error).__name__}: {visible(str(error))}")
        _say("Nothing is lost. Please report it with your deploy.yaml; PIPEGEN_TRACEBACK=1 shows where it happened.")
        sys.exit(BUG)


def _status(arguments: list[str]) -> int:
    line = options.read(arguments)
    if line is None:
        from pipegen.cli import app

        return int(app(arguments))  # in fact it exits by itself
    if line.directory:
        enter(line.directory)
    status: int = import_module(f"pipegen.commands.{line.command}").run(**line.values)
    return status


def _say(message: str) -> None:
    with suppress(OSError):  # the exit status says it too
        print(message, file=sys.stderr)


def _print_no_more() -> None:
    """Keep Python from trying once more at its end, and complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
