"""What each command does: a module of its name, whose `run` takes plain values and returns the exit status.

Each imports only what it needs, because a person waits for that. How the values are read from a command line is the
affair of `options` and `cli`.
"""

import os

CLEAN, FINDINGS, USAGE, BUG = range(4)
INTERRUPTED = 130
"""Exit statuses: nothing to say; findings; wrong usage, or what cannot be read or written; a bug in pipegen;
and what a shell says of a program that Ctrl-C has ended."""


class CannotError(Exception):
    """The command cannot be carried out, as the message says."""


def enter(directory: str | os.PathLike[str]) -> None:
    """Make a directory the current one, as `git -C` does, so that every path that is printed is seen from there."""
    try:
        os.chdir(directory)
    except OSError as error:
        raise CannotError(f"cannot enter {directory}: {error.strerror}") from error
