"""Folders of a repository, held open.

A path is looked up anew whenever it is used, and whoever may write to the repository could put a symbolic link on the
way in between. A folder that is open stays the one that it was, wherever its path leads by then: every name is looked
up in it (`openat` and its kin), and no link is followed. Windows cannot do that; there, each path is checked instead.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path
from types import TracebackType

from pipegen.opening import NO_LINK, open_file

_HOLDS = os.open in os.supports_dir_fd
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
# What file systems answer that have no hard links, and those that do not write a folder out on request.
_NO_HARD_LINKS = (errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM)
_NO_SYNC = (errno.EBADF, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)


class InTheWayError(OSError):
    """A symbolic link, or what is not a folder or file as it should be, stands there."""


class Folder:
    """A folder that is open, to be closed by `with`. Every method raises OSError with the path that it was about."""

    def __init__(self, path: Path, handle: int | None) -> None:
        self.path = path
        self._handle = handle

    @classmethod
    def at_root(cls, root: Path) -> Folder:
        """The root of a repository, which a link may lead to."""
        with about(root):
            return cls(root, os.open(root, os.O_RDONLY | _DIRECTORY) if _HOLDS else None)

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._handle is not None:
            with suppress(OSError):  # nothing was written through it that could be lost
                os.close(self._handle)

    def folder(self, name: str) -> Folder | None:
        """The folder of that name, None if nothing is there. Raises InTheWayError where it is no folder."""
        path = self.path / name
        if (found := self.look(name)) is None:
            return None
        if not stat.S_ISDIR(found.st_mode):
            raise _in_the_way(path, found, "it is not a folder")
        with about(path):
            return Folder(
                path, os.open(name, os.O_RDONLY | _DIRECTORY | NO_LINK, dir_fd=self._handle) if _HOLDS else None
            )

    def look(self, name: str) -> os.stat_result | None:
        """What stands there, a link being what it is; None if nothing does."""
        with about(self.path / name):
            try:
                return os.stat(self._named(name), dir_fd=self._handle, follow_symlinks=False)
            except FileNotFoundError:
                return None

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None if nothing is there. Raises InTheWayError where it is no regular file."""
        path = self.path / name
        if (found := self.look(name)) is None:
            return None
        if not stat.S_ISREG(found.st_mode):
            raise _in_the_way(path, found, "it is not a regular file")
        with about(path), open_file(self._named(name), self._handle) as file:
            return file.read()

    def names(self, pattern: str) -> list[str]:
        """The names in it that match a pattern as of a shell, in order."""
        with about(self.path), os.scandir(self.path if self._handle is None else self._handle) as entries:
            return sorted(entry.name for entry in entries if fnmatchcase(entry.name, pattern))

    def make_folder(self, name: str) -> None:
        """Make a folder."""
        with about(self.path / name):
            os.mkdir(self._named(name), dir_fd=self._handle)

    def create(self, name: str, data: bytes, mode: int | None, *, lasting: bool) -> None:
        """Make a file. Its bytes are on the disk when this returns if they are to be `lasting`."""
        with about(self.path / name):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK
            file = os.open(self._named(name), flags, 0o666, dir_fd=self._handle)
            try:
                _fill(file, data, mode, lasting=lasting)
            except BaseException:
                with suppress(OSError):
                    self.remove(name)
                raise

    def replace(self, old: str, new: str) -> None:
        """Give a file another name, in one step, in place of whatever has it."""
        with about(self.path / new):
            os.replace(self._named(old), self._named(new), src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def give(self, old: str, new: str) -> None:
        """Give a file another name that nothing has, in one step; it may keep the old one as well."""
        at, names = self._handle, (self._named(old), self._named(new))
        with about(self.path / new):
            try:
                os.link(*names, src_dir_fd=at, dst_dir_fd=at, follow_symlinks=False)
            except OSError as error:
                if error.errno not in _NO_HARD_LINKS:
                    raise
                os.rename(*names, src_dir_fd=at, dst_dir_fd=at)

    def remove(self, name: str) -> None:
        """Remove a file, or a link."""
        with about(self.path / name):
            os.unlink(self._named(name), dir_fd=self._handle)

    def remove_folder(self, name: str) -> None:
        """Remove an empty folder."""
        with about(self.path / name):
            os.rmdir(self._named(name), dir_fd=self._handle)

    def keep(self) -> None:
        """Have the disk know its names when this returns, where the file system can be asked that."""
        if self._handle is None:
            return
        with about(self.path):
            try:
                os.fsync(self._handle)
            except OSError as error:
                if error.errno not in _NO_SYNC:
                    raise

    def is_same(self, other: Folder) -> bool:
        """Whether this is the folder that the other one is, which is not known where folders cannot be held."""
        if self._handle is None or other._handle is None:
            return True
        with about(self.path):
            return os.path.samestat(os.fstat(self._handle), os.fstat(other._handle))

    def _named(self, name: str) -> str:
        return name if self._handle is not None else str(self.path / name)


@contextmanager
def opened(root: Path, path: str) -> Iterator[Folder | None]:
    """The folder at a path below the root, None if it is missing. Raises InTheWayError where a link leads there."""
    with ExitStack() as held:
        folder = held.enter_context(Folder.at_root(root))
        for name in path.split("/") if path else ():
            if (inner := folder.folder(name)) is None:
                yield None
                return
            folder = held.enter_context(inner)
        yield folder


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Name the file that was to be read or written in an error."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _fill(handle: int, data: bytes, mode: int | None, *, lasting: bool) -> None:
    with os.fdopen(handle, "wb") as file:
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        file.write(data)
        file.flush()
        if lasting:
            os.fsync(handle)


def _in_the_way(path: Path, found: os.stat_result, otherwise: str) -> InTheWayError:
    if stat.S_ISLNK(found.st_mode):
        return InTheWayError(errno.ELOOP, "a symbolic link leads elsewhere", str(path))
    return InTheWayError(errno.ENOTDIR, otherwise, str(path))
