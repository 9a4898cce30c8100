"""Folders held open: what they say when the system refuses, and what becomes of names that are exchanged just then."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cases import write
from pipegen.output import BusyError, Change, Difference, differences, locked, with_header
from pipegen.output.folders import Folder, InTheWayError, opened
from pipegen.output.mark import is_as_written, is_marked
from pipegen.output.ownership import STAGED
from pipegen.output.undo import all_or_nothing

PATH = ".github/workflows/test.yml"
SCRIPT = ".github/pipegen/test-report.py"
ROOT = "deploy/production/main.tf"
OLD, NEW = {PATH: "name: Old\n"}, {PATH: "name: New\n"}


def _refuse(monkeypatch: pytest.MonkeyPatch, function: str, number: int = errno.EIO, module: Any = os) -> None:
    def refusing(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number), "something else")

    monkeypatch.setattr(module, function, refusing)


@pytest.mark.parametrize(
    ("function", "act", "about"),
    [
        ("open", lambda folder: Folder.at_root(folder.path), ""),
        ("stat", lambda folder: folder.look("file"), "file"),
        ("open", lambda folder: folder.folder("inner"), "inner"),
        ("stat", lambda folder: folder.folder("inner"), "inner"),
        ("open", lambda folder: folder.read("file"), "file"),
        ("fdopen", lambda folder: folder.read("file"), "file"),
        ("scandir", lambda folder: folder.names("*"), ""),
        ("mkdir", lambda folder: folder.make_folder("new"), "new"),
        ("open", lambda folder: folder.create("new", b"new", None, lasting=True), "new"),
        ("fdopen", lambda folder: folder.create("new", b"new", None, lasting=True), "new"),
        ("fchmod", lambda folder: folder.create("new", b"new", 0o600, lasting=True), "new"),
        ("fsync", lambda folder: folder.create("new", b"new", None, lasting=True), "new"),
        ("replace", lambda folder: folder.replace("file", "new"), "new"),
        ("link", lambda folder: folder.give("file", "new"), "new"),
        ("unlink", lambda folder: folder.remove("file"), "file"),
        ("rmdir", lambda folder: folder.remove_folder("inner"), "inner"),
        ("fsync", lambda folder: folder.keep(), ""),
        ("fstat", lambda folder: folder.is_same(folder), ""),
    ],
)
def test_an_error_says_why_and_what_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, act: Callable[[Folder], object], about: str
) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "file").write_text("file\n")
    with Folder.at_root(tmp_path) as folder:
        _refuse(monkeypatch, function)
        with pytest.raises(OSError, match="Input/output error") as refused:
            act(folder)
        monkeypatch.undo()
    error = refused.value
    assert (error.errno, error.strerror, error.filename) == (errno.EIO, "Input/output error", str(tmp_path / about))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "inner"]


@pytest.mark.parametrize(
    ("make", "number", "said"),
    [
        (lambda path: path.symlink_to("elsewhere"), errno.ELOOP, "a symbolic link leads elsewhere"),
        (lambda path: os.mkfifo(path), errno.ENOTDIR, "it is not a {wanted}"),
    ],
)
def test_what_is_in_the_way_is_named(tmp_path: Path, make: Callable[[Path], None], number: int, said: str) -> None:
    make(tmp_path / "there")
    with Folder.at_root(tmp_path) as folder:
        for wanted, act in (("folder", folder.folder), ("regular file", folder.read)):
            with pytest.raises(InTheWayError) as found:
                act("there")
            error = found.value
            assert (error.errno, error.strerror) == (number, said.format(wanted=wanted))
            assert error.filename == str(tmp_path / "there")


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    with Folder.at_root(tmp_path) as folder:
        assert (folder.folder("none"), folder.read("none"), folder.look("none")) == (None, None, None)
    with opened(tmp_path, "none/below") as missing:
        assert missing is None


def test_the_names_that_match_are_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.yml", "a.yml", ".c.yml", "d.yaml", "B.YML"):
        (tmp_path / name).touch()
    with Folder.at_root(tmp_path) as folder:
        monkeypatch.chdir("/")
        assert folder.names("*.yml") == [".c.yml", "a.yml", "b.yml"]
        tmp_path.rename(tmp_path.with_name("moved"))
        assert folder.names("a*") == ["a.yml"]


def test_a_new_file_has_the_mode_of_the_umask_or_the_one_that_is_asked_for(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        with Folder.at_root(tmp_path) as folder:
            folder.create("new", b"new", None, lasting=False)
            folder.create("same", b"same", 0o640, lasting=False)
    finally:
        os.umask(umask)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "same")] == [0o666, 0o640]


def test_a_file_that_cannot_be_filled_nor_removed_is_told_of_by_the_first_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Folder.at_root(tmp_path) as folder:
        _refuse(monkeypatch, "fsync", errno.ENOSPC)
        _refuse(monkeypatch, "unlink", errno.EROFS)
        with pytest.raises(OSError, match="No space left"):
            folder.create("new", b"new", None, lasting=True)


def test_a_folder_that_cannot_be_closed_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder.at_root(tmp_path)
    _refuse(monkeypatch, "close")
    with folder:
        pass


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_where_there_are_no_hard_links_a_file_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    _refuse(monkeypatch, "link", number)
    write(tmp_path, differences(tmp_path, OLD))
    assert [path.name for path in (tmp_path / PATH).parent.iterdir()] == ["test.yml"]
    assert differences(tmp_path, OLD) == ()


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EOPNOTSUPP])
def test_where_folders_are_not_written_out_on_request_nothing_is_amiss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with Folder.at_root(tmp_path) as folder:
        _refuse(monkeypatch, "fsync", number)
        folder.keep()


# What comes just then


@pytest.mark.parametrize(
    ("last", "act"),
    [
        ("inner", lambda folder: folder.folder("inner")),
        ("file", lambda folder: folder.read("file")),
        (".new", lambda folder: folder.create(".new", b"new", None, lasting=False)),
    ],
)
def test_a_link_that_comes_after_the_last_look_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str, act: Callable[[Folder], object]
) -> None:
    """What it leads to is of the right kind, so nothing but the flags of the call refuses it."""
    root, outside = tmp_path / "root", tmp_path / "outside"
    for at in (root, outside):
        (at / "inner").mkdir(parents=True)
        (at / "file").write_text("file\n")
    real = os.open

    def opening(path: Any, *arguments: Any, **named: Any) -> int:
        if path == last:
            if (root / last).exists():
                (root / last).rename(tmp_path / "aside")
            (root / last).symlink_to(outside / last)
        return real(path, *arguments, **named)

    with Folder.at_root(root) as folder:
        monkeypatch.setattr(os, "open", opening)
        with pytest.raises(OSError, match=r"symbolic links|File exists|Not a directory"):
            act(folder)
    assert not (outside / ".new").exists()


def test_a_pipe_that_comes_after_the_last_look_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("file\n")
    real = os.open

    def opening(path: Any, *arguments: Any, **named: Any) -> int:
        (tmp_path / "file").unlink()
        os.mkfifo(tmp_path / "file")
        return real(path, *arguments, **named)

    with Folder.at_root(tmp_path) as folder:
        monkeypatch.setattr(os, "open", opening)
        with pytest.raises(OSError, match="it is not a regular file"):
            folder.read("file")


def test_what_is_no_folder_is_opened_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as the root, nor where a file comes after the last look."""
    (tmp_path / "file").write_text("file\n")
    with pytest.raises(NotADirectoryError):
        Folder.at_root(tmp_path / "file")
    (tmp_path / "inner").mkdir()
    real = os.open

    def opening(path: Any, *arguments: Any, **named: Any) -> int:
        (tmp_path / "inner").rmdir()
        (tmp_path / "file").rename(tmp_path / "inner")
        return real(path, *arguments, **named)

    with Folder.at_root(tmp_path) as folder:
        monkeypatch.setattr(os, "open", opening)
        with pytest.raises(NotADirectoryError):
            folder.folder("inner")


def test_a_folder_is_the_same_as_long_as_no_other_is_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    with Folder.at_root(tmp_path / "inner") as held:
        with Folder.at_root(tmp_path) as top, Folder.at_root(tmp_path / "inner") as again:
            assert held.is_same(again) is True
            assert held.is_same(top) is False
        (tmp_path / "inner").rename(tmp_path / "moved")
        (tmp_path / "inner").mkdir()
        with Folder.at_root(tmp_path / "inner") as another, Folder.at_root(tmp_path / "moved") as moved:
            assert (held.is_same(another), held.is_same(moved)) == (False, True)


def test_a_link_is_given_another_name_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("file\n")
    (tmp_path / "link").symlink_to("file")
    with Folder.at_root(tmp_path) as folder:
        folder.give("link", "new")
    assert (tmp_path / "new").readlink() == Path("file")


def test_all_bytes_are_with_the_system_when_the_disk_is_asked_to_keep_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    real = os.fsync

    def syncing(handle: int) -> None:
        sizes.append(os.fstat(handle).st_size)
        real(handle)

    monkeypatch.setattr(os, "fsync", syncing)
    with Folder.at_root(tmp_path) as folder:
        folder.create("new", b"0123456789", None, lasting=True)
        folder.create("copy", b"0123456789", None, lasting=False)
    assert sizes == [10]


def test_another_folder_in_the_place_of_the_one_that_is_held_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, differences(tmp_path, OLD))
    changes = differences(tmp_path, NEW)
    real = os.replace

    def replacing(*arguments: Any, **named: Any) -> None:
        monkeypatch.undo()
        real(*arguments, **named)
        (tmp_path / PATH).parent.rename(tmp_path / "moved")
        (tmp_path / PATH).parent.mkdir()

    monkeypatch.setattr(os, "replace", replacing)
    with pytest.raises(FileExistsError, match="it has been changed meanwhile") as failed:
        write(tmp_path, changes)
    assert failed.value.filename == str((tmp_path / PATH).parent)
    assert (tmp_path / "moved/test.yml").read_text() == with_header(PATH, OLD[PATH])


def test_what_is_no_text_any_more_was_changed_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, differences(tmp_path, OLD))
    changes = differences(tmp_path, NEW)
    (tmp_path / PATH).write_bytes(b"\xff")
    with pytest.raises(FileExistsError) as failed:
        write(tmp_path, changes)
    assert (failed.value.strerror, failed.value.filename) == ("it has been changed meanwhile", str(tmp_path / PATH))


def test_a_folder_that_is_gone_as_soon_as_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.mkdir

    def making(*arguments: Any, **named: Any) -> None:
        real(*arguments, **named)
        os.rmdir(*arguments, **named)

    monkeypatch.setattr(os, "mkdir", making)
    with pytest.raises(FileExistsError) as failed:
        write(tmp_path, differences(tmp_path, OLD))
    assert (failed.value.strerror, failed.value.filename) == (
        "it has been changed meanwhile",
        str(tmp_path / ".github"),
    )


# What cannot be undone, what is staged, and in which order it gets to the disk


def test_what_cannot_be_put_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = {PATH: "a: 1\n", SCRIPT: "a = 1\n"}
    write(tmp_path, differences(tmp_path, tree))
    changes = differences(tmp_path, {PATH: "a: 2\n", SCRIPT: "a = 2\n"})
    real, calls = os.replace, []

    def replacing(*arguments: Any, **named: Any) -> None:
        calls.append(arguments)
        if len(calls) > 1:
            raise OSError(errno.EROFS, "Read-only file system")
        real(*arguments, **named)

    monkeypatch.setattr(os, "replace", replacing)
    with pytest.raises(OSError, match="Read-only") as failed:
        write(tmp_path, changes)
    assert (failed.value.errno, failed.value.filename) == (errno.EROFS, str(tmp_path / PATH))
    assert failed.value.strerror == (
        f"Read-only file system; this could not be put back as it was: {tmp_path / SCRIPT}"
    )


def test_everything_that_cannot_be_put_back_is_named() -> None:
    done: list[str] = []

    def failing(path: str) -> None:
        done.append(path)
        raise OSError(errno.EROFS, "Read-only file system", path)

    def beginning() -> None:
        with all_or_nothing() as undo:
            undo(lambda: failing("one"))
            undo(lambda: done.append("another"))
            undo(lambda: failing("a third"))
            raise OSError(errno.ENOSPC, "Disk full", "a fourth")

    with pytest.raises(OSError, match="Disk full") as failed:
        beginning()
    assert failed.value.strerror == "Disk full; this could not be put back as it was: a third, one"
    assert (failed.value.errno, failed.value.filename) == (errno.ENOSPC, "a fourth")
    assert done == ["a third", "another", "one"]


def test_nothing_is_ever_put_into_a_folder_that_was_moved_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is moved once everything is staged, before the first file gets its place."""
    write(tmp_path, differences(tmp_path, OLD))
    changes = differences(tmp_path, NEW)
    (tmp_path / "moved").mkdir()
    fsync, replaced = os.fsync, []

    def syncing(handle: int) -> None:
        fsync(handle)
        monkeypatch.setattr(os, "fsync", fsync)
        (tmp_path / PATH).parent.rename(tmp_path / "moved/workflows")
        (tmp_path / PATH).parent.mkdir()

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(os, "replace", lambda *names, **_: replaced.append(names))
    with pytest.raises(FileExistsError, match="it has been changed meanwhile"):
        write(tmp_path, changes)
    assert replaced == []


def test_a_folder_is_closed_in_the_end(tmp_path: Path) -> None:
    def handles() -> int:
        return len([*Path("/proc/self/fd").iterdir()])

    before = handles()
    with Folder.at_root(tmp_path):
        assert handles() == before + 1
    assert handles() == before


def test_a_writer_is_as_patient_as_it_is_told(tmp_path: Path) -> None:
    with locked(tmp_path):
        started = time.monotonic()
        with pytest.raises(BusyError), locked(tmp_path, 0.3):
            pass
        assert time.monotonic() - started >= 0.3


def test_the_mark_of_a_file_is_what_it_has_always_been() -> None:
    """Another one would take every file that is committed somewhere for a file of somebody else."""
    digest = hashlib.sha256(b"deploy/a/main.tf\0# text\n").hexdigest()
    notice = "# Written by `pipegen compile` from deploy.yaml. Do not edit: change that."
    text = f"# pipegen {digest}\n# text\n"
    assert with_header("deploy/a/main.tf", "# text\n") == f"{notice}\n{text}"
    for first in ("", " another notice", "#"):
        assert is_as_written("deploy/a/main.tf", f"#{first}\n{text}")
    for first in ("", "\n", "# one\n# two\n", "no comment\n"):
        assert not is_marked(first + text)


def test_what_is_written_out_and_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new files, each before the first has its place; the folders, before workflows follow, and at the end."""
    tree = {PATH: "a: 1\n", ROOT: "# 1\n", SCRIPT: "a = 1\n"}
    write(tmp_path, differences(tmp_path, tree))
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def syncing(handle: int) -> None:
        found = os.fstat(handle)
        done.append(next(path.name for path in tmp_path.rglob("*") if os.path.samestat(path.stat(), found)))
        fsync(handle)

    def replacing(old: str, new: str, **named: Any) -> None:
        assert STAGED.fullmatch(old)
        done.append(f"{new} in place")
        replace(old, new, **named)

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(os, "replace", replacing)
    write(tmp_path, differences(tmp_path, {PATH: "a: 2\n", ROOT: "# 2\n", SCRIPT: "a = 2\n"}))
    assert all(STAGED.fullmatch(name) for name in done[:3])
    assert [name[1:8] for name in done[:3]] == ["main.tf", "test-re", "test.ym"]
    assert done[3:] == [
        *("main.tf in place", "production"),
        *("test-report.py in place", "test.yml in place", "pipegen", "workflows"),
    ]


# Differences to the letter


def test_a_diff_has_whole_lines_even_where_a_text_has_no_last_one() -> None:
    difference = Difference(PATH, Change.HAND_EDITED, "a\nb", "a\nc\n")
    assert difference.diff() == f"--- {PATH}\n+++ {PATH}\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"


def test_a_file_that_nothing_compiles_to_is_told_with_its_text(tmp_path: Path) -> None:
    write(tmp_path, differences(tmp_path, OLD))
    text = with_header(PATH, OLD[PATH])
    assert differences(tmp_path, {}) == (Difference(PATH, Change.REMOVE, text, ""),)
    (tmp_path / PATH).write_text(f"{text}# mine\n")
    assert differences(tmp_path, {}) == (Difference(PATH, Change.HAND_EDITED, f"{text}# mine\n", ""),)


# The lock


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EBADF])
def test_a_file_system_without_such_a_lock_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    _refuse(monkeypatch, "flock", number, fcntl)
    with locked(tmp_path):
        pass


def test_a_lock_that_is_refused_otherwise_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch, "flock", errno.EIO, fcntl)
    with pytest.raises(OSError, match="Input/output error") as refused, locked(tmp_path):
        pass
    error = refused.value
    assert (error.errno, error.strerror, error.filename) == (errno.EIO, "Input/output error", str(tmp_path))


def test_what_stands_at_a_place_is_told_with_its_text_and_what_is_compiled(tmp_path: Path) -> None:
    compiled = with_header(PATH, NEW[PATH])

    def found() -> tuple[Difference, ...]:
        return differences(tmp_path, NEW)

    assert found() == (Difference(PATH, Change.CREATE, "", compiled),)
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_text("theirs\n")
    assert found() == (Difference(PATH, Change.IN_THE_WAY, "theirs\n", compiled),)
    (tmp_path / PATH).write_bytes(b"\xff")
    assert found() == (Difference(PATH, Change.IN_THE_WAY, "", compiled),)
    (tmp_path / PATH).unlink()
    (tmp_path / PATH).symlink_to("elsewhere")
    assert found() == (Difference(PATH, Change.IN_THE_WAY, "a symbolic link leads elsewhere", compiled),)
    (tmp_path / PATH).unlink()
    (tmp_path / PATH).parent.rmdir()
    (tmp_path / PATH).parent.write_text("a file\n")
    assert found() == (Difference(".github/workflows", Change.IN_THE_WAY, "it is not a folder", ""),)


def test_what_stands_beside_hides_no_file_that_nothing_compiles_to(tmp_path: Path) -> None:
    """Neither a link nor a file among folders, nor a folder, a pipe or what is no text among files."""
    tree = {ROOT: "# 1\n", PATH: "a: 1\n"}
    write(tmp_path, differences(tmp_path, tree))
    (tmp_path / "deploy/a").symlink_to("production")
    (tmp_path / "deploy/b").write_text("a file\n")
    (tmp_path / "deploy/c").mkdir()
    folder = (tmp_path / PATH).parent
    (folder / "a.yml").mkdir()
    os.mkfifo(folder / "b.yml")
    (folder / "c.yml").write_bytes(b"\xff")
    (folder / "d.yml").symlink_to("test.yml")
    assert {found.path: found.change for found in differences(tmp_path, {})} == dict.fromkeys(tree, Change.REMOVE)


def test_a_lock_that_cannot_be_given_back_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with locked(tmp_path):
        _refuse(monkeypatch, "close")
    monkeypatch.undo()
