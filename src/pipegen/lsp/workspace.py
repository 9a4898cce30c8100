"""The files that the editor holds open, and the repositories that they stand in."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from pipegen.files import repository_above
from pipegen.frozen import Frozen
from pipegen.lsp.text import Encoding, Held
from pipegen.seen import MANIFEST

_DEEPEST = 4
"""How many folders a compiled file stands in, at most, the root among them."""


class Buffer(Frozen):
    """A file as the editor holds it. `uri` is spelt as the editor does, because it compares."""

    uri: str
    path: Path
    version: int | None
    text: Held

    @property
    def data(self) -> bytes:
        """What would be written if it were saved now."""
        return self.text.text.encode("utf-8", "surrogatepass")


class Workspace:
    """The open files by path."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self._open: dict[Path, Buffer] = {}

    def put(self, uri: str, version: int | None, text: str) -> None:
        """Hold a text instead of the one that was, unless it is of no file of this machine."""
        if path := path_of(uri):
            self._open[path] = Buffer(uri, path, version, Held(text, self.encoding))

    def drop(self, path: Path) -> None:
        """The editor has closed it: from now on the disk counts."""
        self._open.pop(path, None)

    def held(self, path: Path) -> Buffer | None:
        """What the editor holds of a file."""
        return self._open.get(path)

    def roots(self) -> set[Path]:
        """The roots of the repositories that something is open of."""
        return {root for path in self._open if (root := root_of(path))}

    def text(self, path: Path) -> Held | None:
        """The text of a compiled file: as the editor holds it, or as it is on disk; None where there is none."""
        if buffer := self._open.get(path):
            return buffer.text
        try:
            return Held(path.read_bytes().decode(), self.encoding) if path.is_file() else None
        except (OSError, UnicodeDecodeError):
            return None

    def uri(self, path: Path) -> str:
        """The address of a file, as the editor spells it if it is open."""
        buffer = self._open.get(path)
        return buffer.uri if buffer else path.as_uri()


def path_of(uri: str) -> Path | None:
    """The absolute path that an address names; None for what is no file of this machine, such as a diff's old side."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "\0" in unquote(parts.path):
        return None
    path = Path(os.path.normpath(url2pathname(parts.path)))
    return path if path.is_absolute() else None


def root_of(path: Path) -> Path | None:
    """The root of the repository that a manifest or a file below it belongs to.

    Other tools have files of the same name. In a git repository, the one at its root is the manifest.
    """
    here = [path.parent] if path.name == MANIFEST else []
    held = (folder for folder in path.parents[:_DEEPEST] if (folder / MANIFEST).is_file())
    return next((folder for folder in chain(here, held) if repository_above(folder) is None), None)
