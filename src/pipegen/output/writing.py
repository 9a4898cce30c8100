"""The writing of what has to change: all of it or nothing, and each file in one step."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import ExitStack, suppress
from functools import partial
from itertools import groupby
from pathlib import Path

from pipegen.frozen import Frozen
from pipegen.output.folders import Folder, opened
from pipegen.output.lock import Lock
from pipegen.output.ownership import STAGED, Change, Difference, owned_folders, text_at
from pipegen.output.undo import Undo, all_or_nothing


class _Step(Frozen):
    """A change of a file, and the names beside it under which it waits as it was and as it will be."""

    change: Difference
    folder: Folder
    name: str
    old: str | None
    new: str | None


def write(lock: Lock, changes: tuple[Difference, ...]) -> None:
    """Carry out creations, updates and removals, all of them or none, while a lock keeps others out.

    Raises OSError where the disk refuses, with the path that it was about; everything is then as it was, or the error
    says what is not. Whatever is needed to go forward or back is staged, under names of its own, and what is to be
    put in place is on the disk, before the first file is touched: whoever pulls the plug finds each file whole.
    """
    root = lock.root
    _remove_staged(root)
    changes = tuple(change for change in changes if change.change in (Change.CREATE, Change.UPDATE, Change.REMOVE))
    with ExitStack() as held:
        with all_or_nothing() as undo:
            folders = _Folders(root, held, undo)
            steps = [_stage(folders, change, undo) for change in sorted(changes, key=_last)]
            for _, phase in groupby(steps, lambda step: _last(step.change)):
                done = [_put_in_place(root, step, undo) for step in phase]
                for folder in dict.fromkeys(done):
                    folder.keep()
            for folder in dict.fromkeys(step.folder for step in steps):
                _refuse_if_moved(root, folder)
        for step in steps:  # of an update, the new one has its place by now
            _discard(step.folder, step.old or step.new)
        for path in dict.fromkeys(step.change.path.rpartition("/")[0] for step in steps if step.new is None):
            folders.remove_if_empty(path)


def _last(change: Difference) -> tuple[bool, bool]:
    """Removals come last, and workflows after what they are allowed to do: half of a set must not allow more."""
    return change.change is Change.REMOVE, change.path.startswith(".github/")


class _Folders:
    """The folders that are written to: made where they are missing, and held to the end."""

    def __init__(self, root: Path, held: ExitStack, undo: Undo) -> None:
        self._held = held
        self._undo = undo
        self._open = {"": held.enter_context(Folder.at_root(root))}

    def at(self, path: str) -> Folder:
        """The folder at a path."""
        if path not in self._open:
            above, _, name = path.rpartition("/")
            self._open[path] = self._held.enter_context(self._made(self.at(above), name))
        return self._open[path]

    def remove_if_empty(self, path: str) -> None:
        """Remove the folder at a path, unless something is in it."""
        above, _, name = path.rpartition("/")
        with suppress(OSError):
            self.at(above).remove_folder(name)

    def _made(self, folder: Folder, name: str) -> Folder:
        if found := folder.folder(name):
            return found
        folder.make_folder(name)
        self._undo(partial(_discard_folder, folder, name))
        if found := folder.folder(name):
            return found
        raise _changed(folder.path / name)


def _stage(folders: _Folders, change: Difference, undo: Undo) -> _Step:
    """Copies of a file as it is and as compiled, beside its place."""
    above, _, name = change.path.rpartition("/")
    folder = folders.at(above)
    found = None if change.change is Change.CREATE else folder.look(name)
    mode = stat.S_IMODE(found.st_mode) if found else None
    old = None if found is None else _staged(folder, name, folder.read(name) or b"", mode, undo)
    new = None
    if change.change is not Change.REMOVE:
        new = _staged(folder, name, change.compiled.encode(), mode, undo, lasting=True)
    return _Step(change, folder, name, old, new)


def _staged(folder: Folder, name: str, data: bytes, mode: int | None, undo: Undo, *, lasting: bool = False) -> str:
    """The name of a file that holds data. It cannot be foreseen, and a file or link of that name would be refused."""
    staged = f".{name}.{os.urandom(8).hex()}.pipegen"
    try:
        folder.create(staged, data, mode, lasting=lasting)
    except OSError as error:  # about the file that is to be written, not a copy of it that nobody asked for
        raise OSError(error.errno, error.strerror, str(folder.path / name)) from error
    undo(partial(_discard, folder, staged))
    return staged


def _put_in_place(root: Path, step: _Step, undo: Undo) -> Folder:
    """Take a step, unless the file is not the one any more that was compared: somebody else has written it since."""
    folder, name = step.folder, step.name
    _refuse_if_moved(root, folder)
    if _text(folder, name) != (None if step.change.change is Change.CREATE else step.change.now):
        raise _changed(folder.path / name)
    if step.new is None:
        folder.remove(name)
    elif step.old is None:
        folder.give(step.new, name)
    else:
        folder.replace(step.new, name)
    undo(partial(folder.replace, step.old, name) if step.old else partial(folder.remove, name))
    return folder


def _text(folder: Folder, name: str) -> str | None:
    try:
        return text_at(folder, name)
    except UnicodeDecodeError:
        raise _changed(folder.path / name) from None


def _refuse_if_moved(root: Path, folder: Folder) -> None:
    """Raise OSError if the path of a folder leads somewhere else by now: what is written would not be there."""
    with opened(root, folder.path.relative_to(root).as_posix()) as now:
        if now is None or not now.is_same(folder):
            raise _changed(folder.path)


def _changed(path: Path) -> OSError:
    return OSError(errno.EEXIST, "it has been changed meanwhile", str(path))


def _discard(folder: Folder, name: str | None) -> None:
    if name:
        with suppress(OSError):
            folder.remove(name)


def _discard_folder(folder: Folder, name: str) -> None:
    with suppress(OSError):
        folder.remove_folder(name)


def _remove_staged(root: Path) -> None:
    """Remove what a run that was killed has left."""
    with Folder.at_root(root) as top:  # where the manifest and its schema stand
        _remove_staged_in(top)
    for folder, _ in owned_folders(root):
        _remove_staged_in(folder)


def _remove_staged_in(folder: Folder) -> None:
    for name in folder.names(".*.pipegen"):
        if STAGED.fullmatch(name):
            _discard(folder, name)
