"""Opening the files of a repository that nobody has vouched for: none outside it, no link, nothing that is waited for.

Imports next to nothing, because it is used before anything else is loaded.
"""

import errno
import io
import os
import stat

NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How whatever has a name is opened: a link is refused, and a pipe without a writer is not waited for."""


def real_path(root: str | os.PathLike[str], path: str | os.PathLike[str]) -> str:
    """What a path from the root really names, once every link is followed.

    Raises OSError where that is nothing, and where it is not below the root: a link that leads out of the repository
    could show a file of the machine in messages.
    """
    # Not `Path.resolve`, which raises RuntimeError for a loop of links up to Python 3.12.
    top = os.path.realpath(root)
    try:
        real = os.path.realpath(os.path.join(root, path), strict=True)
    except ValueError as error:  # a NUL in it
        raise OSError(errno.EINVAL, str(error), path) from error
    if real != top and not real.startswith(_below(top)):
        raise OSError(errno.ELOOP, "it is a symbolic link that leads out of the repository", path)
    return real


def is_of_git(root: str | os.PathLike[str], real: str) -> bool:
    """Whether what is below the root is git's own. File systems that ignore case know no other `.git`."""
    return ".git" in real[len(_below(os.path.realpath(root))) :].casefold().split(os.sep)


def open_file(path: str | os.PathLike[str], folder: int | None = None) -> io.BufferedReader:
    """A regular file for reading, by its path, or by its name in a folder that is held open.

    Raises OSError where it is none. It is looked at when it is open, so that it cannot be exchanged in between.
    """
    handle = os.open(path, os.O_RDONLY | NO_LINK, dir_fd=folder)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is not a regular file", path)
    return os.fdopen(handle, "rb")


def _below(top: str) -> str:
    """How the paths below a folder begin. That of the root of the file system ends with the separator as it is."""
    return top.rstrip(os.sep) + os.sep
