"""What pipegen may know of the repository that a manifest stands in: which files it holds, and nothing of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol


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


class WorkTree:
    """A repository on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real_root = os.path.realpath(root)

    def holds_file(self, path: str) -> bool:
        """See `Files.holds_file`."""
        real = self.inside(path)
        return real is not None and real.is_file()

    def holds_folder(self, path: str) -> bool:
        """See `Files.holds_folder`."""
        real = self.inside(path)
        return real is not None and real.is_dir()

    def inside(self, path: str) -> Path | None:
        """What a path really names, or None where that is nothing, not to be seen, or not of the work tree."""
        try:
            # Not `Path.resolve`, which raises RuntimeError for a loop of links up to Python 3.12.
            real = Path(os.path.realpath(self.root / path, strict=True))
            parts = real.relative_to(self._real_root).parts
        except (OSError, ValueError):
            return None
        return None if any(part.casefold() == ".git" for part in parts) else real
