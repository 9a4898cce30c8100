"""The files that pipegen owns in a repository: what must change there, and the writing of it.

A compiled file begins with a notice and a mark. The mark is `# pipegen` and the SHA-256 of the file's path and body, in
64 hexadecimal digits, on the second line. What stands at a place that the manifest compiles to, or once compiled to,
is then one of these:

* Its digest is right: pipegen's own, replaced or removed without asking.
* It has a mark, and the digest is wrong: pipegen's own, edited by hand. It is reported and left as it is. At a place
  that the manifest compiles to, that is also said of a file that was copied there from another of pipegen's.
* It has a mark whose digest is right for another of the files, and the manifest compiles to nothing there: a copy that
  somebody made (`cp test.yml nightly.yml`). It is theirs, and left alone. A copy that was edited as well cannot be
  told from a hand edit, and is reported as one: without its first two lines it is an ordinary file.
* It has no mark, or a damaged one: somebody else's. It is in the way where the manifest compiles to a file of that
  path, and left alone elsewhere.

A symbolic link, or what is not a regular file, is in the way too, and so is whatever lies behind a linked folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum, auto
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]

FileTree = Mapping[str, str]
"""Compiled files without their headers, by path from the root of the repository."""

# Both lines are short enough for the linters of whoever commits them.
_NOTICE = "# Written by `pipegen compile` from deploy.yaml. Do not edit: change that."
# What makes a file pipegen's own, in every version of pipegen: the notice may change, the second line may not.
_MARK = re.compile(r"#[^\n]*\n# pipegen ([0-9a-f]{64})\n(.*)", re.DOTALL)
_OWNED = (".github/workflows/*.yml", ".github/pipegen/*", "deploy/*/main.tf", "deploy/modules/*/*.tf")
"""Where compiled files stand, and so where those are looked for whose source has gone."""
_STAGED = re.compile(r"\..+\.[0-9a-f]{16}\.pipegen", re.DOTALL)
"""Names of files that wait to be put in place; a run that was killed leaves them behind."""


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


class BusyError(Exception):
    """Another process is writing there."""


def with_header(path: str, body: str) -> str:
    """The text of a compiled file: a mark of ownership, and a digest that tells a hand edit from an old compile."""
    return f"{_NOTICE}\n# pipegen {_sha256(path, body)}\n{body}"


def differences(root: Path, tree: FileTree) -> tuple[Difference, ...]:
    """Every file below the root that is not as compiled, by path. Line ends that git changed are no difference.

    Raises OSError where a folder may not be looked into.
    """
    found = [_difference(root, path, with_header(path, body)) for path, body in tree.items()]
    marked = dict(_marked_files(root))
    places = {*tree, *marked}
    found += [_orphan(path, text, places) for path, text in marked.items() if path not in tree]
    return tuple(sorted((difference for difference in found if difference), key=lambda difference: difference.path))


@contextmanager
def locked(root: Path, patience: float = 5.0) -> Iterator[None]:
    """Keep other writers out, from before the manifest is read until everything is written.

    The folder itself is locked, so no file is left behind, and the system takes the lock back from whoever is killed.
    Raises BusyError if another one still holds it after so many seconds. Some file systems know no such lock;
    there is none then.
    """
    with ExitStack() as held:
        with suppress(OSError):
            folder = os.open(root, os.O_RDONLY)
            held.callback(os.close, folder)
            _lock(folder, time.monotonic() + patience)
        yield


def _lock(folder: int, until: float) -> None:
    while fcntl:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise BusyError from error
            time.sleep(0.02)


def write(root: Path, changes: tuple[Difference, ...]) -> None:
    """Carry out creations, updates and removals, all of them or none, while `locked` keeps others out.

    Raises OSError where the disk refuses, with the path that it was about; everything is then as it was. Whatever
    is needed to go forward or back is staged under names of its own before the first file is touched.
    """
    _remove_staged(root)
    changes = tuple(change for change in changes if change.change in (Change.CREATE, Change.UPDATE, Change.REMOVE))
    changes = tuple(sorted(changes, key=_last))
    with ExitStack() as back:
        staged = [_stage(root, change, back) for change in changes]
        for change, (old, new) in zip(changes, staged, strict=True):
            target = root / change.path
            _refuse_what_changed(root, change)
            with _about(target):
                if new:
                    new.replace(target)
                else:
                    target.unlink()
            back.callback(old.replace if old else _discard, target)
        back.pop_all()
    for old, new in staged:
        if old:
            _discard(old)
        if old and not new:
            _remove_if_empty(old.parent)


def _last(change: Difference) -> tuple[bool, bool]:
    """Removals come last, and workflows after what they are allowed to do: half of a set must not allow more."""
    return change.change is Change.REMOVE, change.path.startswith(".github/")


def _stage(root: Path, change: Difference, back: ExitStack) -> tuple[Path | None, Path | None]:
    """Copies of a file as it is and as compiled, beside its place; None where it is not, or is not to be."""
    target = root / change.path
    _refuse_links(root, change.path)
    _make_folder(target.parent, back)
    with _about(target):
        now = None if change.change is Change.CREATE else target.read_bytes()
        mode = None if now is None else stat.S_IMODE(target.stat().st_mode)
        old = None if now is None else _staged(target, now, mode, back)
        new = None if change.change is Change.REMOVE else _staged(target, change.compiled.encode(), mode, back)
    return old, new


def _staged(target: Path, data: bytes, mode: int | None, back: ExitStack) -> Path:
    """Data in a file of its own. Its name cannot be foreseen, and a file or link of that name would be refused."""
    path = target.with_name(f".{target.name}.{secrets.token_hex(8)}.pipegen")
    with path.open("xb") as file:
        back.callback(_discard, path)
        file.write(data)
    if mode is not None:
        path.chmod(mode)
    return path


def _make_folder(folder: Path, back: ExitStack) -> None:
    """Make a folder and those above it; on the way back, those that were not there are removed."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.is_dir()]
    for parent in reversed(missing):
        parent.mkdir()
        back.callback(parent.rmdir)


@contextmanager
def _about(target: Path) -> Iterator[None]:
    """Name the file that is to be written in an error, rather than a copy of it that nobody asked for."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _remove_if_empty(folder: Path) -> None:
    """Remove the folder that a file was removed from, unless something else is in it."""
    with suppress(OSError):
        folder.rmdir()


def _remove_staged(root: Path) -> None:
    """Remove what a run that was killed has left."""
    for pattern in _OWNED:
        folders, _, _ = pattern.rpartition("/")
        for path in root.glob(f"{folders}/.*.pipegen"):
            if _STAGED.fullmatch(path.name) and not _leads_away(root, path.relative_to(root).as_posix()):
                _discard(path)


def _refuse_links(root: Path, path: str) -> None:
    """Links were looked for when the changes were; one that has come since would lead the write elsewhere."""
    if _leads_away(root, path):
        raise OSError(errno.ELOOP, "a symbolic link leads elsewhere", str(root / path))


def _refuse_what_changed(root: Path, change: Difference) -> None:
    """Raise OSError if the file is not the one any more that was compared: somebody else has written it since."""
    _refuse_links(root, change.path)
    target = root / change.path
    if target.exists() if change.change is Change.CREATE else _read(target) != change.now:
        raise OSError(errno.EEXIST, "it has been changed meanwhile", str(target))


def _difference(root: Path, path: str, compiled: str) -> Difference | None:
    target = root / path
    if _leads_away(root, path):
        return Difference(path, Change.IN_THE_WAY, "a symbolic link", compiled)
    if not target.exists():
        return Difference(path, Change.CREATE, "", compiled)
    now = _read(target)
    if now == compiled:
        return None
    if now is None or not _MARK.fullmatch(now):
        return Difference(path, Change.IN_THE_WAY, now or "", compiled)
    return Difference(path, Change.UPDATE if _is_as_written(path, now) else Change.HAND_EDITED, now, compiled)


def _orphan(path: str, text: str, places: set[str]) -> Difference | None:
    """What is to be done about a marked file that nothing compiles to; nothing if it is a copy of another one."""
    if _is_as_written(path, text):
        return Difference(path, Change.REMOVE, text, "")
    if any(_is_as_written(other, text) for other in places):
        return None
    return Difference(path, Change.HAND_EDITED, text, "")


def _leads_away(root: Path, path: str) -> bool:
    """Whether the file or a folder above it is a symbolic link, through which a write would land elsewhere."""
    target = root / path
    return any(
        parent.is_symlink() for parent in [target, *target.parents] if parent.is_relative_to(root) and parent != root
    )


def _marked_files(root: Path) -> Iterator[tuple[str, str]]:
    for pattern in _OWNED:
        for file in sorted(root.glob(pattern)):
            path = file.relative_to(root).as_posix()
            if _STAGED.fullmatch(file.name) or _leads_away(root, path):
                continue
            if (text := _read(file)) and _MARK.fullmatch(text):
                yield path, text


def _read(file: Path) -> str | None:
    """The text of a file with the line ends that pipegen writes; None where it is not a readable text.

    What is not a regular file is never opened: reading a pipe would wait for ever.
    """
    try:
        return file.read_bytes().decode().replace("\r\n", "\n") if file.is_file() else None
    except (OSError, UnicodeDecodeError):
        return None


def _is_as_written(path: str, text: str) -> bool:
    marked = _MARK.fullmatch(text)
    return marked is not None and marked[1] == _sha256(path, marked[2])


def _sha256(path: str, body: str) -> str:
    return hashlib.sha256(f"{path}\0{body}".encode()).hexdigest()
