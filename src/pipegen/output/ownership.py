"""What stands where pipegen writes, and what is to be done about it.

A compiled file begins with a notice and a mark, see `mark`. What stands at a place that the manifest compiles to, or
once compiled to, is then one of these:

* Its digest is right: pipegen's own, replaced or removed without asking.
* It has a mark, and the digest is wrong: pipegen's own, edited by hand. It is reported and left as it is. At a place
  that the manifest compiles to, that is also said of a file that was copied there from another of pipegen's.
* It has a mark whose digest is right for another of the files, and the manifest compiles to nothing there: a copy that
  somebody made (`cp test.yml nightly.yml`). It is theirs, and left alone. A copy that was edited as well cannot be
  told from a hand edit, and is reported as one: without its first two lines it is an ordinary file.
* It has no mark, or a damaged one: somebody else's. It is in the way where the manifest compiles to a file of that
  path, and left alone elsewhere.

A symbolic link, or what is not a regular file, is in the way too, and so is a linked folder above such a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from pathlib import Path

from pipegen.frozen import Frozen
from pipegen.output.folders import Folder, InTheWayError, opened
from pipegen.output.mark import is_as_written, is_marked, with_header
from pipegen.seen import OWNED

FileTree = Mapping[str, str]
"""Compiled files without their headers, by path from the root of the repository."""

STAGED = re.compile(r"\..+\.[0-9a-f]{16}\.pipegen", re.DOTALL)
"""Names of files that wait to be put in place; a run that was killed leaves them behind."""


class Change(Enum):
    """What is to be done about a file. The last two are for a person to do."""

    CREATE = auto()
    UPDATE = auto()
    REMOVE = auto()
    HAND_EDITED = auto()
    IN_THE_WAY = auto()


class Difference(Frozen):
    """A file that is not as it should be: its text now, and as compiled. A folder may be in the way, or a link."""

    path: str
    change: Change
    now: str
    compiled: str

    def diff(self) -> str:
        """The unified diff from what is there to what is compiled."""
        from difflib import unified_diff

        lines = unified_diff(
            self.now.splitlines(keepends=True), self.compiled.splitlines(keepends=True), self.path, self.path
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def differences(root: Path, tree: FileTree) -> tuple[Difference, ...]:
    """Every file below the root that is not as compiled, by path. Line ends that git changed are no difference.

    Raises OSError where a folder or a file may not be looked into: it could be one of pipegen's.
    """
    found = [_difference(root, path, with_header(path, body)) for path, body in tree.items()]
    marked = dict(_marked_files(root))
    places = {*tree, *marked}
    found += [_orphan(path, text, places) for path, text in marked.items() if path not in tree]
    by_path = {difference.path: difference for difference in found if difference}
    return tuple(by_path[path] for path in sorted(by_path))


def text_at(folder: Folder, name: str) -> str | None:
    """The text of a file with the line ends that pipegen writes, None if nothing is there.

    Raises InTheWayError for what is no file, and UnicodeDecodeError for what is no text.
    """
    data = folder.read(name)
    return None if data is None else data.decode().replace("\r\n", "\n")


def owned_folders(root: Path) -> Iterator[tuple[Folder, str]]:
    """The folders that may hold compiled files, each open until the next one, and the pattern of their names."""
    with Folder.at_root(root) as top:
        for pattern in OWNED:
            *folders, names = pattern.split("/")
            for folder in _matching(top, folders):
                yield folder, names


def _matching(folder: Folder, patterns: Sequence[str]) -> Iterator[Folder]:
    if not patterns:
        yield folder
        return
    for name in folder.names(patterns[0]) if "*" in patterns[0] else patterns[:1]:
        try:
            inner = folder.folder(name)
        except InTheWayError:
            continue
        if inner:
            with inner:
                yield from _matching(inner, patterns[1:])


def _marked_files(root: Path) -> Iterator[tuple[str, str]]:
    for folder, pattern in owned_folders(root):
        for name in folder.names(pattern):
            try:
                text = None if STAGED.fullmatch(name) else text_at(folder, name)
            except (InTheWayError, UnicodeDecodeError):
                continue
            if text and is_marked(text):
                yield (folder.path / name).relative_to(root).as_posix(), text


def _difference(root: Path, path: str, compiled: str) -> Difference | None:
    above, _, name = path.rpartition("/")
    try:
        with opened(root, above) as folder:
            now = text_at(folder, name) if folder else None
    except InTheWayError as error:
        place = Path(error.filename).relative_to(root).as_posix()
        return Difference(place, Change.IN_THE_WAY, error.strerror or "", compiled if place == path else "")
    except UnicodeDecodeError:
        return Difference(path, Change.IN_THE_WAY, "", compiled)
    if now == compiled:
        return None
    if now is None:
        return Difference(path, Change.CREATE, "", compiled)
    if not is_marked(now):
        return Difference(path, Change.IN_THE_WAY, now, compiled)
    return Difference(path, Change.UPDATE if is_as_written(path, now) else Change.HAND_EDITED, now, compiled)


def _orphan(path: str, text: str, places: set[str]) -> Difference | None:
    """What is to be done about a marked file that nothing compiles to; nothing if it is a copy of another one."""
    if is_as_written(path, text):
        return Difference(path, Change.REMOVE, text, "")
    if any(is_as_written(other, text) for other in places):
        return None
    return Difference(path, Change.HAND_EDITED, text, "")
