"""One writer at a time in a repository."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipegen.frozen import Frozen

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]

# What file systems answer that know no such lock; NFS has none for a folder, which cannot be open for writing.
_UNKNOWN = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


class BusyError(Exception):
    """Another process is writing there."""


class Lock(Frozen):
    """A repository that nobody else writes to, as far as its file system knows such a lock."""

    root: Path


@contextmanager
def locked(root: Path, patience: float = 5.0) -> Iterator[Lock]:
    """Keep other writers out, from before the manifest is read until everything is written.

    The folder itself is locked, so no file is left behind, and the system takes the lock back from whoever is killed.
    Raises BusyError if another one still holds it after so many seconds, and OSError if the folder cannot be opened.
    Some file systems know no such lock; there is none then.
    """
    with ExitStack() as held:
        if fcntl:
            folder = os.open(root, os.O_RDONLY)
            held.callback(_close, folder)
            _lock(folder, root, time.monotonic() + patience)
        yield Lock(root)


def _close(folder: int) -> None:
    with suppress(OSError):  # by then everything is written, or told of
        os.close(folder)


def _lock(folder: int, root: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise BusyError from error
            time.sleep(0.02)
        except OSError as error:
            if error.errno in _UNKNOWN:
                return
            raise OSError(error.errno, error.strerror, str(root)) from error
        else:
            return
