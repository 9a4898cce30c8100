"""What is compiled over what: the files of a repository before and after."""

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from cases import PROJECT, Holding
from pipegen import program
from pipegen.compiler import MANIFEST, compile_manifest
from pipegen.output import with_header

Tree = Mapping[str, bytes]
"""Files by path from the root of the repository."""

STAGED = re.compile(r"(?:.*/)?\.[^/]+\.[0-9a-f]{16}\.pipegen")


@dataclass(frozen=True)
class Scenario:
    """A repository: the files that are compiled, as they are and as the manifest says, and those that are not."""

    name: str
    others: Tree
    before: Tree
    after: Tree

    def made(self, root: Path) -> Path:
        """The repository as it is before, at a path that is made."""
        for path, data in {**self.others, **self.before}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        return root

    def differing(self) -> set[str]:
        """The paths of the files that are to be created, updated or removed."""
        return {path for path in {**self.before, **self.after} if self.before.get(path) != self.after.get(path)}

    def now(self, root: Path) -> Tree:
        """The files of a repository but for those that are not compiled, which must be as they were."""
        files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        assert {path: files.pop(path, None) for path in self.others} == self.others
        return files


def scenarios() -> list[Scenario]:
    """A first compile, an update of every file, a change that removes most, and one from a killed change back."""
    task, library = "collection-task", "library"
    everything, little = _compiled(task), _compiled(library)
    older = {path: with_header(path, f"{body}# older\n").encode() for path, body in _bodies(task).items()}
    return [
        Scenario("first", _others(task), {}, everything),
        Scenario("update", _others(task), older, everything),
        Scenario("removal", _others(library), everything, little),
    ]


def reverting(killed: Callable[[Scenario], Tree]) -> Scenario:
    """The way back from a removal that was killed half way, which left staged files behind."""
    (removal,) = (scenario for scenario in scenarios() if scenario.name == "removal")
    return Scenario("reverting", _others("collection-task"), killed(removal), removal.before)


def pipegen(root: Path, *arguments: str) -> tuple[int, str]:
    """The exit status and all that is printed, run within this process."""
    said = io.StringIO()
    with (
        contextlib.chdir(root),
        patch.object(sys, "argv", ["pipegen", *arguments]),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        try:
            program.run()
        except SystemExit as ended:
            return int(ended.code or 0), said.getvalue()
    raise AssertionError("a program ends by exiting")


@cache
def _bodies(example: str) -> Mapping[str, str]:
    files = compile_manifest(_manifest(example), Holding("Dockerfile")).files
    assert files
    return files


def _compiled(example: str) -> Tree:
    return {path: with_header(path, body).encode() for path, body in _bodies(example).items()}


def _others(example: str) -> Tree:
    return {MANIFEST: _manifest(example), "Dockerfile": b"FROM scratch\n"}


def _manifest(example: str) -> bytes:
    return (PROJECT / "examples" / example / MANIFEST).read_bytes()
