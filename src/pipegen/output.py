"""The files that pipegen owns in a repository: what must change there, and the writing of it.

A file is pipegen's own if it begins with the header below. Everything else is left alone: a file of somebody else
in the way is reported, never replaced, and so is one of pipegen's that was edited by hand.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum, auto
from pathlib import Path

FileTree = Mapping[str, str]
"""Compiled files without their headers, by path from the root of the repository."""

# Both lines are short enough for the linters of whoever commits them.
_NOTICE = "# Written by `pipegen compile` from deploy.yaml. Do not edit: change that."
# What makes a file pipegen's own, in every version of pipegen: the notice may change, the second line may not.
_MARK = re.compile(r"#[^\n]*\n# pipegen ([0-9a-f]*)\n(.*)", re.DOTALL)
_OWNED = ((".github/workflows", "*.yml"), (".github/pipegen", "*"))
"""Where compiled files stand, and so where those are looked for whose source has gone."""


class Change(Enum):
    """What is to be done about a file. The last two are for a person to do."""

    CREATE = auto()
    UPDATE = auto()
    REMOVE = auto()
    HAND_EDITED = auto()
    IN_THE_WAY = auto()


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as it should be: its text now, and as compiled."""

    path: str
    change: Change
    now: str
    compiled: str

    def diff(self) -> str:
        """The unified diff from what is there to what is compiled."""
        lines = unified_diff(
            self.now.splitlines(keepends=True), self.compiled.splitlines(keepends=True), self.path, self.path
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def with_header(body: str) -> str:
    """The text of a compiled file: a mark of ownership, and a digest that tells a hand edit from an old compile."""
    return f"{_NOTICE}\n# pipegen {_sha256(body)}\n{body}"


def differences(root: Path, tree: FileTree) -> tuple[Difference, ...]:
    """Every file below the root that is not as compiled, by path. Line ends that git changed are no difference."""
    found = [_difference(root, path, with_header(body)) for path, body in tree.items()]
    found += [_orphan(path, text) for path, text in _own_files(root) if path not in tree]
    return tuple(sorted((difference for difference in found if difference), key=lambda difference: difference.path))


def write(root: Path, changes: tuple[Difference, ...]) -> None:
    """Carry out creations, updates and removals. Every file is staged before the first is put in place.

    Raises OSError where the disk refuses; no file is then half written and none of the staged ones is left.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for change in changes:
            if change.change in (Change.CREATE, Change.UPDATE):
                target = root / change.path
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary = target.with_name(f".{target.name}.{os.getpid()}.pipegen")
                staged.append((temporary, target))
                temporary.write_bytes(change.compiled.encode())
        for temporary, target in staged:
            temporary.replace(target)
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    for change in changes:
        if change.change is Change.REMOVE:
            (root / change.path).unlink()


def _difference(root: Path, path: str, compiled: str) -> Difference | None:
    target = root / path
    if _leads_away(root, path):
        return Difference(path, Change.IN_THE_WAY, "a symbolic link", compiled)
    if not target.exists():
        return Difference(path, Change.CREATE, "", compiled)
    now = _read(target)
    if now == compiled:
        return None
    if now is None or not _is_ours(now):
        return Difference(path, Change.IN_THE_WAY, now or "", compiled)
    return Difference(path, Change.UPDATE if _is_as_written(now) else Change.HAND_EDITED, now, compiled)


def _orphan(path: str, text: str) -> Difference:
    return Difference(path, Change.REMOVE if _is_as_written(text) else Change.HAND_EDITED, text, "")


def _leads_away(root: Path, path: str) -> bool:
    """Whether the file or a folder above it is a symbolic link, through which a write would land elsewhere."""
    target = root / path
    return any(
        parent.is_symlink() for parent in [target, *target.parents] if parent.is_relative_to(root) and parent != root
    )


def _own_files(root: Path) -> Iterator[tuple[str, str]]:
    for folder, pattern in _OWNED:
        for file in sorted((root / folder).glob(pattern)):
            path = file.relative_to(root).as_posix()
            if not _leads_away(root, path) and (text := _read(file)) and _is_ours(text):
                yield path, text


def _read(file: Path) -> str | None:
    """The text of a file with the line ends that pipegen writes; None where it is not a readable text."""
    try:
        return file.read_bytes().decode().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None


def _is_ours(text: str) -> bool:
    return _MARK.fullmatch(text) is not None


def _is_as_written(text: str) -> bool:
    marked = _MARK.fullmatch(text)
    return marked is not None and marked[1] == _sha256(marked[2])


def _sha256(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
