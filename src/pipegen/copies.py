"""Copies of the schema beside manifests, for editors to read without a network.

A copy says which pipegen wrote it, with a digest of what it says. As long as that is right, the copy is pipegen's own,
however it is laid out; otherwise it is somebody else's file, and left alone.
"""

from __future__ import annotations

import json
import posixpath

from pipegen.files import WorkTree
from pipegen.output import Change, Difference
from pipegen.schema import schema_text, version_of

PLACE = "deploy.schema.json"
"""Where a copy stands if nothing else is said: beside the manifest."""

_MAX_BYTES = 4 * 1024 * 1024


class NotACopyError(Exception):
    """What stands there is not what pipegen wrote, or not in the repository."""


def change_of_copy(tree: WorkTree, path: str) -> Difference | None:
    """What makes the file at a path of the repository a copy of this pipegen's schema; None if it is one.

    Raises NotACopyError where somebody else's file stands there, or the path leads out, and OSError.
    """
    if path.startswith("/") or path != posixpath.normpath(path) or {".", "..", ".git"} & {*path.casefold().split("/")}:
        raise NotACopyError("it is no path inside the repository")
    now = text_of(tree, path)
    if now is None:
        return Difference(path, Change.CREATE, "", schema_text())
    if copied_by(now) is None:
        raise NotACopyError("what stands there was not written by pipegen, or has been edited")
    return None if now == schema_text() else Difference(path, Change.UPDATE, now, schema_text())


def text_of(tree: WorkTree, path: str) -> str | None:
    """The text of a file of the repository, None if nothing stands there. Raises OSError."""
    try:
        data = tree.read(path, _MAX_BYTES)
    except FileNotFoundError:
        return None
    return data.decode(errors="replace").replace("\r\n", "\n")


def copied_by(text: str) -> str | None:
    """The version of the pipegen that wrote a schema, None if none did or it was edited."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return version_of(found) if isinstance(found, dict) else None
