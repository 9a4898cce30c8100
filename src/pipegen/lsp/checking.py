"""A look at a repository as the editor holds it: what is wrong with it, and what is not as compiled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipegen.compiler import Compilation, compile_manifest
from pipegen.files import Observed, WorkTree
from pipegen.frozen import Frozen
from pipegen.lsp import findings
from pipegen.lsp.workspace import Workspace
from pipegen.output import Difference, differences
from pipegen.seen import MANIFEST
from pipegen.source import MAX_BYTES


class Check(Frozen):
    """What was found of a manifest of those bytes, in a repository of which that was asked.

    The diagnostics of each file, and whether any is not as compiled.
    """

    data: bytes | None
    asked: Observed | None
    compilation: Compilation | None
    diagnostics: dict[Path, list[dict[str, Any]]]
    drift: bool
    seconds: float


def check(workspace: Workspace, root: Path) -> Check:
    """Compile the manifest as the editor holds it, or else as it is on disk.

    Compiled files are compared only when the manifest is saved: while somebody types, they are never as it says. Of a
    repository of which nothing is open nothing is told.
    """
    started = time.monotonic()
    data = manifest(workspace, root)
    if data is None or root not in workspace.roots():
        return Check(data, None, None, {}, drift=False, seconds=0.0)
    asked = Observed(WorkTree(root))
    compilation = compile_manifest(data, asked)
    told = findings.of_manifest(workspace, root, compilation.diagnostics)
    drift, files = findings.of_drift(workspace, root, tuple(_differences(workspace, root, compilation)))
    diagnostics = {root / MANIFEST: [*told, *drift], **files}
    return Check(data, asked, compilation, diagnostics, bool(drift), time.monotonic() - started)


def manifest(workspace: Workspace, root: Path) -> bytes | None:
    """The manifest as the editor holds it, or else as it is on disk; None where it cannot be read."""
    held = workspace.held(root / MANIFEST)
    return held.data if held else _on_disk(root)


def is_saved(workspace: Workspace, root: Path) -> bool:
    """Whether the editor holds nothing else of the manifest than the disk. It may hold other line ends."""
    held = workspace.held(root / MANIFEST)
    return held is None or _plain(held.data) == _plain(_on_disk(root) or b"")


def _on_disk(root: Path) -> bytes | None:
    try:
        return WorkTree(root).read(MANIFEST, MAX_BYTES + 1)
    except OSError:
        return None


def _plain(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def _differences(workspace: Workspace, root: Path, compilation: Compilation) -> Iterator[Difference]:
    if compilation.files is not None and is_saved(workspace, root):
        try:
            yield from differences(root, compilation.files)
        except OSError:
            return  # a folder that may not be looked into: `pipegen lint` says so
