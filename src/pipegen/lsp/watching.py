"""The files that an editor is asked to watch: those known by their place, and those that pipegen asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path, PurePosixPath

from pipegen.lsp.checking import Check
from pipegen.lsp.loop import Loop
from pipegen.seen import MANIFEST, OWNED

_MOST = 500
"""How many paths of manifests are watched. There can be thousands, of which each may be a watch of the system's."""
_METHOD = "workspace/didChangeWatchedFiles"


class Watching:
    """What is registered with a client, if that can watch files."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._able = False
        self._named: tuple[str, ...] = ()

    def begin(self) -> None:
        """Ask for what stands where manifests and compiled files do."""
        self._able = True
        self._register("files", (MANIFEST, *OWNED))

    def renew(self, checks: Iterable[Check]) -> None:
        """Ask for what was asked about in the last checks, instead of in those before."""
        named = tuple(sorted({path for found in checks for path in named_in(found)})[:_MOST])
        if not self._able or named == self._named:
            return
        if self._named:
            gone = [{"id": "named", "method": _METHOD}]
            self._loop.ask("client/unregisterCapability", {"unregisterations": gone})  # spelt so by the protocol
        if named:
            self._register("named", named)
        self._named = named

    def _register(self, name: str, paths: Iterable[str]) -> None:
        options = {"watchers": [{"globPattern": f"**/{path}"} for path in paths]}
        one = {"id": name, "method": _METHOD, "registerOptions": options}
        self._loop.ask("client/registerCapability", {"registrations": [one]})


def named_in(found: Check) -> set[str]:
    """Patterns of the paths that a check asked about, and of the folders above: one that goes takes all with it."""
    asked = [PurePosixPath(path) for path in found.asked.paths] if found.asked else []
    paths = {str(path) for path in chain(asked, *(path.parents for path in asked))} - {"."}
    return {re.sub(r"[*?{}\[\],!]", "?", path) for path in paths if ".." not in PurePosixPath(path).parts}


def is_about(path: Path, root: Path, found: Check) -> bool:
    """Whether a check of a root asked about a path, or about what stands in it."""
    return found.asked is not None and any((root / one).is_relative_to(path) for one in found.asked.paths)
