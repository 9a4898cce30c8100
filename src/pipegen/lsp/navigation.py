"""From a key of the manifest to the compiled lines that it decides, and from a compiled line to the keys that do."""

from __future__ import annotations

import time
from collections.abc import Generator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, TypeVar

from pipegen.diagnostics import Place
from pipegen.document import Document
from pipegen.frozen import Frozen
from pipegen.lsp.checking import Check, manifest
from pipegen.lsp.loop import CONTENT_MODIFIED, REQUEST_FAILED, RefusedError
from pipegen.lsp.text import Held
from pipegen.lsp.workspace import Workspace
from pipegen.output import with_header
from pipegen.provenance import Decided, Provenance
from pipegen.route import Route
from pipegen.seen import MANIFEST

T = TypeVar("T")
_ENOUGH = 5.0
"""Seconds of the processor after which the keys of a line are those found so far: there can be thousands of values."""


class Origins(Frozen):
    """A manifest that compiles, and the provenance of what it compiles to."""

    data: bytes
    document: Document
    files: dict[str, str]
    provenance: Provenance

    def decided_by(self, workspace: Workspace, root: Path, place: Place) -> Generator[None, None, list[dict[str, Any]]]:
        """The compiled lines that a key or value decides, in the files as they stand in the editor or on disk."""
        stretches = yield from self._steps(workspace, root, self.provenance.of(place))
        found: list[dict[str, Any]] = []
        for path in dict.fromkeys(stretch.path for stretch in stretches):
            if text := workspace.text(root / path):
                lines = _lines(self._compiled(path), text)
                stretched = [
                    number for one in stretches if one.path == path for number in range(one.first, one.last + 1)
                ]
                numbers = sorted({lines[number] for number in stretched if number in lines})
                found += [_location(workspace, root / path, text, first, last) for first, last in _runs(numbers)]
        return found

    def deciding(self, workspace: Workspace, root: Path, path: str, line: int) -> Generator[None, None, list[Decided]]:
        """What decides a line of a compiled file, from 1; those first that decide the fewest others."""
        text = workspace.text(root / path)
        if path not in self.files or text is None:
            return []
        compiled = next((one for one, there in _lines(self._compiled(path), text).items() if there == line), None)
        until = time.process_time() + _ENOUGH
        looking = self.provenance.all()
        while time.process_time() < until and next(looking, self) is not self:
            self._refuse_if_changed(workspace, root)
            yield
        return [
            one
            for one in self.provenance.known()
            if any(s.path == path and s.first <= (compiled or 0) <= s.last for s in one.stretches)
        ]

    def _steps(self, workspace: Workspace, root: Path, steps: Generator[None, None, T]) -> Generator[None, None, T]:
        while True:
            try:
                next(steps)
            except StopIteration as end:
                found: T = end.value
                return found
            self._refuse_if_changed(workspace, root)
            yield

    def _refuse_if_changed(self, workspace: Workspace, root: Path) -> None:
        if manifest(workspace, root) != self.data:
            raise RefusedError(CONTENT_MODIFIED, f"{MANIFEST} was changed meanwhile")

    def _compiled(self, path: str) -> list[str]:
        return with_header(path, self.files[path]).split("\n")


def origins(found: Check) -> Origins:
    """The origins of what a manifest compiles to. Raises RefusedError for one that does not compile."""
    compilation = found.compilation
    if found.data is None or compilation is None or compilation.document is None or compilation.files is None:
        raise RefusedError(REQUEST_FAILED, f"{MANIFEST} has errors, so it compiles to nothing yet")
    return Origins(found.data, compilation.document, dict(compilation.files), Provenance(compilation))


def stated_at(workspace: Workspace, root: Path, document: Document, route: Route) -> dict[str, Any]:
    """Where the manifest states what is at a route."""
    text = workspace.text(root / MANIFEST)
    assert text is not None, "a manifest that was read is there"
    return {"uri": workspace.uri(root / MANIFEST), "range": text.range(document.span(Place(route, key=True)))}


_HEADER = with_header("", "").count("\n")


def _lines(compiled: list[str], text: Held) -> dict[int, int]:
    """The numbers of the lines of a compiled file, without its header, to those that are the same where it stands."""
    there = text.text.replace("\r\n", "\n").split("\n")
    if compiled == there:
        return {number: number + _HEADER for number in range(1, len(there) - _HEADER + 1)}
    blocks = SequenceMatcher(None, compiled, there, autojunk=False).get_matching_blocks()
    return {a + i + 1 - _HEADER: b + i + 1 for a, b, size in blocks for i in range(size)}


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Numbers in order as runs of those that follow one another, each by its first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _location(workspace: Workspace, path: Path, text: Held, first: int, last: int) -> dict[str, Any]:
    return {"uri": workspace.uri(path), "range": text.lines(first, last)}
