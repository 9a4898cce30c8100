"""What pipegen may know of the repository that a manifest stands in: which files it holds, and nothing of them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """The files of a repository, by path from its root."""

    def holds(self, path: str) -> bool:
        """Whether the path is there, and inside the repository also once every symbolic link is followed."""
        ...


class WorkTree:
    """A repository on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real_root = root.resolve()

    def holds(self, path: str) -> bool:
        """See `Files.holds`."""
        real = (self.root / path).resolve()
        return real.exists() and real.is_relative_to(self._real_root)
