"""Reading a repository that nobody has vouched for: nothing outside it, nothing endless, nothing run."""

from __future__ import annotations

import json
import os
import stat
import tomllib
from itertools import islice
from pathlib import Path
from typing import Any

from pipegen.opening import open_file, real_path

_MAX_BYTES = 256 * 1024
_MAX_LINE = 2_000
_MAX_NAMES = 2_000
_OF_OTHERS = ("node_modules", "venv", "vendor", "dist", "build", "site-packages")


class Repository:
    """The files of a repository, by path from its root. What cannot be read, or is none of it, is empty."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def text(self, path: str) -> str:
        """The text of a file; empty where there is none, or one that no person wrote: huge, or not UTF-8."""
        try:
            data = self._bytes(path)
            text = data.decode().replace("\r\n", "\n") if len(data) <= _MAX_BYTES else ""
        except (OSError, ValueError):  # UnicodeDecodeError is one
            return ""
        return text if all(len(line) <= _MAX_LINE for line in text.splitlines()) else ""

    def table(self, path: str) -> dict[str, Any]:
        """What a TOML or JSON file says; nothing where it cannot be read."""
        try:
            found = tomllib.loads(self.text(path)) if path.endswith(".toml") else json.loads(self.text(path) or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def files(self, folder: str = ".") -> list[str]:
        """The names of the files in a folder, in order."""
        return self._names(folder, stat.S_ISREG)

    def folders(self, folder: str = ".") -> list[str]:
        """The names of the folders in a folder, in order, but for hidden ones and what others have written."""
        names = self._names(folder, stat.S_ISDIR)
        return [name for name in names if not name.startswith((".", "_")) and name not in _OF_OTHERS]

    def _names(self, folder: str, is_wanted: Any) -> list[str]:
        try:
            with os.scandir(real_path(self.root, folder)) as entries:
                few = list(islice(entries, _MAX_NAMES))
            return sorted(entry.name for entry in few if is_wanted(entry.stat(follow_symlinks=False).st_mode))
        except OSError:
            return []

    def _bytes(self, path: str) -> bytes:
        with open_file(real_path(self.root, path)) as file:
            return file.read(_MAX_BYTES + 1)


def said(table: Any, *keys: str) -> Any:
    """What a table says below some keys, or None."""
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table
