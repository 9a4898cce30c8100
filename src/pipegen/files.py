"""What pipegen may know of the repository that a manifest stands in: which files it holds, and how one begins."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Protocol

from pipegen.opening import is_of_git, open_file, real_path
from pipegen.seen import beginning, holds, inside


class Files(Protocol):
    """The files and folders of a repository, by path from its root.

    What cannot be looked at is not held, nor is what lies outside the repository once every symbolic link is followed.
    """

    def holds_file(self, path: str) -> bool:
        """Whether a regular file is there."""
        ...

    def holds_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        ...

    def beginning(self, path: str) -> bytes:
        """The first bytes of a file, enough to know one of pipegen's by; none where none is held."""
        ...


class Observed:
    """A repository, of which is noted what was asked and what was answered."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.held: dict[tuple[str, str], bool] = {}
        """Whether a ``file`` or a ``folder`` is held, by that word and the path."""
        self.begun: dict[str, bytes] = {}
        """The beginnings of files."""

    def holds_file(self, path: str) -> bool:
        """See `Files.holds_file`."""
        return self.held.setdefault(("file", path), self._files.holds_file(path))

    def holds_folder(self, path: str) -> bool:
        """See `Files.holds_folder`."""
        return self.held.setdefault(("folder", path), self._files.holds_folder(path))

    def beginning(self, path: str) -> bytes:
        """See `Files.beginning`."""
        return self.begun.setdefault(path, self._files.beginning(path))

    @property
    def paths(self) -> set[str]:
        """Everything that was asked about."""
        return {path for _, path in self.held} | self.begun.keys()

    def is_unchanged(self) -> bool:
        """Whether all that was asked would be answered alike now."""
        again = Observed(self._files)
        for kind, path in self.held:
            (again.holds_file if kind == "file" else again.holds_folder)(path)
        for path in self.begun:
            again.beginning(path)
        return (again.held, again.begun) == (self.held, self.begun)


class WorkTree:
    """A repository on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def holds_file(self, path: str) -> bool:
        """See `Files.holds_file`."""
        return holds(str(self.root), "file", path)

    def holds_folder(self, path: str) -> bool:
        """See `Files.holds_folder`."""
        return holds(str(self.root), "folder", path)

    def beginning(self, path: str) -> bytes:
        """See `Files.beginning`."""
        return beginning(str(self.root), path)

    def read(self, path: str, most: int) -> bytes:
        """The bytes of a file, at most so many. Raises OSError.

        A link that leads out of the repository could show a file of the machine in messages, and a pipe would be
        waited for: neither is read.
        """
        real = real_path(self.root, path)
        if is_of_git(self.root, real):
            raise OSError(errno.EPERM, "it is a file of git's own", path)
        with open_file(real) as file:
            return file.read(most)

    def inside(self, path: str) -> Path | None:
        """What a path really names, or None where that is nothing, not to be seen, or not of the work tree."""
        real = inside(self.root, path)
        return None if real is None else Path(real)


def repository_above(folder: Path) -> Path | None:
    """The root of the git repository that a folder is only a part of; None for a root, and where there is none."""
    here = folder.resolve()
    if (here / ".git").exists():
        return None
    return next((above for above in here.parents if (above / ".git").exists()), None)
