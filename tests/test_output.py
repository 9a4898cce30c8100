"""Owning files: what is written, what is left alone, and what is asked of a person first."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from cases import PROJECT, write
from pipegen.output import BusyError, Change, differences, locked, with_header

PATH = ".github/workflows/test.yml"
SCRIPT = ".github/pipegen/test-report.py"
COPY = ".github/workflows/nightly.yml"
TREE = {PATH: "name: Test\n", SCRIPT: "print()\n"}


def _changes(root: Path, tree: dict[str, str] = TREE) -> dict[str, Change]:
    return {difference.path: difference.change for difference in differences(root, tree)}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A repository that holds what is compiled."""
    write(tmp_path, differences(tmp_path, TREE))
    return tmp_path


def test_an_empty_repository_gets_every_file(tmp_path: Path) -> None:
    assert _changes(tmp_path) == {PATH: Change.CREATE, SCRIPT: Change.CREATE}
    write(tmp_path, differences(tmp_path, TREE))
    assert (tmp_path / PATH).read_text() == with_header(PATH, "name: Test\n")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["test-report.py", "test.yml"]


def test_what_is_as_compiled_is_not_touched(written: Path) -> None:
    before = (written / PATH).stat()
    assert _changes(written) == {}
    write(written, differences(written, TREE))
    after = (written / PATH).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_line_ends_that_git_changed_are_no_difference(written: Path) -> None:
    (written / PATH).write_bytes((written / PATH).read_bytes().replace(b"\n", b"\r\n"))
    assert _changes(written) == {}


def test_an_old_compile_is_replaced(written: Path) -> None:
    tree = TREE | {PATH: "name: Other\n"}
    assert _changes(written, tree) == {PATH: Change.UPDATE}
    write(written, differences(written, tree))
    assert _changes(written, tree) == {}


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text + "# by hand\n",
        lambda text: re.sub("# pipegen .", "# pipegen 0", text).replace("Test", "Tent"),
        lambda text: text.replace("Test", "Tent"),
        lambda text: text.replace("# Written", "#  Written").replace("Test", "Tent"),
    ],
)
def test_a_hand_edit_is_reported_and_shown(written: Path, edit: Callable[[str], str]) -> None:
    (written / PATH).write_text(edit((written / PATH).read_text()))
    (difference,) = differences(written, TREE)
    assert difference.change is Change.HAND_EDITED
    assert difference.diff().startswith(f"--- {PATH}\n+++ {PATH}\n")


def test_a_file_of_somebody_else_is_in_the_way(written: Path) -> None:
    (written / PATH).write_text("name: Test\n")
    assert _changes(written) == {PATH: Change.IN_THE_WAY}


@pytest.mark.parametrize(
    "second_line",
    ["# pipegen added", "# pipegen ", f"# pipegen {'0' * 63}", f"# pipegen {'0' * 65}", f"#  pipegen {'0' * 64}"],
)
def test_a_damaged_mark_is_no_mark(written: Path, second_line: str) -> None:
    text = f"# Ours\n{second_line}\nname: Ours\n"
    (written / PATH).write_text(text)
    (written / ".github/workflows/nightly.yml").write_text(text)
    assert _changes(written) == {PATH: Change.IN_THE_WAY}


def test_a_copy_of_a_compiled_file_is_left_alone(written: Path) -> None:
    """It is no orphan to be removed: whoever copied it has it run."""
    shutil.copy(written / PATH, written / COPY)
    assert _changes(written) == {}
    newer = TREE | {PATH: "name: Newer\n"}
    assert _changes(written, newer) == {PATH: Change.UPDATE}
    write(written, differences(written, newer))
    assert (written / COPY).read_text() == with_header(PATH, "name: Test\n")
    assert _changes(written, newer) == {}


def test_a_copy_is_not_removed_with_what_it_was_copied_from(written: Path) -> None:
    shutil.copy(written / PATH, written / COPY)
    assert _changes(written, {}) == {PATH: Change.REMOVE, SCRIPT: Change.REMOVE}
    write(written, differences(written, {}))
    assert (written / COPY).exists()


def test_an_edited_copy_is_reported_and_is_the_users_without_its_first_two_lines(written: Path) -> None:
    text = (written / PATH).read_text().replace("Test", "Nightly")
    (written / COPY).write_text(text)
    assert _changes(written) == {COPY: Change.HAND_EDITED}
    (written / COPY).write_text(text.split("\n", 2)[2])
    assert _changes(written) == {}


def test_a_copy_over_another_compiled_file_is_a_hand_edit(written: Path) -> None:
    shutil.copy(written / SCRIPT, written / PATH)
    assert _changes(written) == {PATH: Change.HAND_EDITED}


def test_a_file_of_another_version_of_pipegen_is_its_own(written: Path) -> None:
    text = with_header(PATH, "name: Old\n").replace("# Written by", "# Compiled, once upon a time, by")
    (written / PATH).write_text(text)
    assert _changes(written) == {PATH: Change.UPDATE}


def test_a_file_that_is_no_text_is_in_the_way(written: Path) -> None:
    (written / PATH).write_bytes(b"\xff\xfe")
    assert _changes(written) == {PATH: Change.IN_THE_WAY}


def test_a_folder_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / PATH).mkdir(parents=True)
    assert _changes(tmp_path)[PATH] is Change.IN_THE_WAY


@pytest.mark.parametrize("link", [PATH, ".github/workflows", ".github"])
def test_a_symbolic_link_is_in_the_way(written: Path, tmp_path_factory: pytest.TempPathFactory, link: str) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "moved"
    (written / link).rename(elsewhere)
    (written / link).symlink_to(elsewhere)
    assert _changes(written)[link] is Change.IN_THE_WAY


def test_a_file_whose_source_has_gone_is_removed(written: Path) -> None:
    tree = {PATH: TREE[PATH]}
    assert _changes(written, tree) == {SCRIPT: Change.REMOVE}
    write(written, differences(written, tree))
    assert not (written / SCRIPT).exists()


def test_an_edited_file_whose_source_has_gone_is_not_removed(written: Path) -> None:
    (written / SCRIPT).write_text((written / SCRIPT).read_text() + "more\n")
    assert _changes(written, {PATH: TREE[PATH]}) == {SCRIPT: Change.HAND_EDITED}


def test_a_pipe_is_in_the_way_and_is_not_waited_for(written: Path) -> None:
    (written / PATH).unlink()
    os.mkfifo(written / PATH)
    os.mkfifo(written / ".github/workflows/nightly.yml")
    assert _changes(written) == {PATH: Change.IN_THE_WAY}


def test_neighbours_of_other_origin_are_never_touched(written: Path) -> None:
    neighbour = written / ".github/workflows/nightly.yml"
    neighbour.write_text("# Compiled by something else\nname: Nightly\n")
    (written / ".github/workflows/binary.yml").write_bytes(b"\xff")
    assert _changes(written, {}) == {PATH: Change.REMOVE, SCRIPT: Change.REMOVE}


# Writing: all or nothing, and nowhere else

NEWER = {path: f"{body}# new\n" for path, body in TREE.items()}


def _snapshot(root: Path) -> dict[str, str | bytes | None]:
    """Everything below a folder: what files hold, and where links lead."""
    return {
        path.relative_to(root).as_posix(): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in root.rglob("*")
    }


def _failing(monkeypatch: pytest.MonkeyPatch, function: str, call: int) -> None:
    """Let a function of the system fail at its n-th call, as on a full disk; `open` where it makes a file."""
    real, calls = getattr(os, function), []

    def failing(*arguments: Any, **named: Any) -> Any:
        if function != "open" or arguments[1] & os.O_CREAT:
            calls.append(arguments)
            if len(calls) == call:
                raise OSError(28, "No space left on device", arguments[0])
        return real(*arguments, **named)

    monkeypatch.setattr(os, function, failing)


@pytest.mark.parametrize(
    ("function", "call"),
    [
        *(("open", call) for call in range(1, 7)),
        *(("fsync", call) for call in range(1, 7)),
        *(("fchmod", call) for call in range(1, 5)),
        *(("mkdir", 1), ("mkdir", 2), ("link", 1), ("replace", 1), ("replace", 2), ("unlink", 1)),
    ],
)
def test_a_write_that_fails_leaves_everything_as_it_was(
    written: Path, monkeypatch: pytest.MonkeyPatch, function: str, call: int
) -> None:
    """Also the removal, which comes last, and the folder that was made for a new file."""
    tree = {SCRIPT: NEWER[SCRIPT], ".github/new/folder/file.txt": "new\n", ".github/pipegen/b.py": "b = 2\n"}
    write(written, differences(written, TREE | {".github/pipegen/b.py": "b = 1\n"}))
    changes = differences(written, tree)
    assert [change.change for change in changes] == [Change.CREATE, Change.UPDATE, Change.UPDATE, Change.REMOVE]
    before = _snapshot(written)
    _failing(monkeypatch, function, call)
    with pytest.raises(OSError, match="No space left on device") as failed:
        write(written, changes)
    monkeypatch.undo()
    assert failed.value.strerror == "No space left on device"
    places = {written / change.path for change in changes}
    assert Path(failed.value.filename) in places | {parent for place in places for parent in place.parents}
    assert _snapshot(written) == before
    write(written, changes)
    assert _changes(written, tree) == {}


def test_a_file_where_a_folder_should_be_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    changes = differences(tmp_path, TREE)
    (tmp_path / ".github/workflows").write_text("a file\n")
    assert _changes(tmp_path) == {".github/workflows": Change.IN_THE_WAY, SCRIPT: Change.CREATE}
    before = _snapshot(tmp_path)
    with pytest.raises(OSError, match="it is not a folder") as failed:
        write(tmp_path, changes)
    assert failed.value.filename == str(tmp_path / ".github/workflows")
    assert _snapshot(tmp_path) == before


GUESSED = bytes(8)


def test_no_link_that_a_pull_request_could_hold_is_written_through(
    written: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the name of the staged file was guessed, which nobody can."""
    outside = tmp_path_factory.mktemp("elsewhere") / "outside"
    outside.write_text("outside\n")
    link = (written / PATH).with_name(f".test.yml.{GUESSED.hex()}.pipegen")

    def guessed(_: int) -> bytes:
        """Names are chosen once what killed runs have left is removed; the link is there just then."""
        if not link.is_symlink():
            link.symlink_to(outside)
        return GUESSED

    monkeypatch.setattr(os, "urandom", guessed)
    before = _snapshot(written)
    with pytest.raises(FileExistsError) as failed:
        write(written, differences(written, TREE | {PATH: NEWER[PATH]}))
    assert failed.value.filename == str(written / PATH)
    assert _snapshot(written) == before | {link.relative_to(written).as_posix(): str(outside)}
    monkeypatch.undo()
    write(written, differences(written, NEWER))
    assert outside.read_text() == "outside\n"
    assert not link.is_symlink()


@pytest.mark.parametrize("link", [PATH, ".github/workflows", ".github"])
def test_a_link_that_came_since_is_not_followed(
    written: Path, tmp_path_factory: pytest.TempPathFactory, link: str
) -> None:
    changes = differences(written, NEWER)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "moved"
    (written / link).rename(elsewhere)
    (written / link).symlink_to(elsewhere)
    before = _snapshot(written), _snapshot(elsewhere.parent)
    with pytest.raises(OSError, match="a symbolic link leads elsewhere"):
        write(written, changes)
    assert (_snapshot(written), _snapshot(elsewhere.parent)) == before


def test_a_link_that_comes_at_the_last_moment_is_not_followed(
    written: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of the second file is exchanged while the first is put in place."""
    changes = differences(written, NEWER)
    elsewhere, replace, calls = tmp_path_factory.mktemp("elsewhere") / "moved", os.replace, []

    def replacing(*arguments: Any, **named: Any) -> None:
        calls.append(arguments)
        if len(calls) == 1:
            (written / ".github/workflows").rename(elsewhere)
            (written / ".github/workflows").symlink_to(elsewhere)
        replace(*arguments, **named)

    monkeypatch.setattr(os, "replace", replacing)
    with pytest.raises(OSError, match="a symbolic link leads elsewhere"):
        write(written, changes)
    assert (elsewhere / "test.yml").read_text() == with_header(PATH, TREE[PATH])
    assert (written / SCRIPT).read_text() == with_header(SCRIPT, TREE[SCRIPT])


def test_modes_are_those_of_the_umask_and_of_what_was_there(written: Path) -> None:
    umask = os.umask(0o027)
    try:
        (written / SCRIPT).chmod(0o755)
        (written / PATH).unlink()
        write(written, differences(written, NEWER))
    finally:
        os.umask(umask)
    assert [(written / path).stat().st_mode & 0o777 for path in (PATH, SCRIPT)] == [0o640, 0o755]


def test_what_a_killed_run_left_is_removed_by_the_next(written: Path) -> None:
    half = (written / SCRIPT).with_name(f".test-report.py.{'0f' * 8}.pipegen")
    half.write_text(with_header(SCRIPT, "a long text\n")[:-5])
    others = [half.with_name(".mine.pipegen"), half.with_name("mine.pipegen"), half.with_name(f"{half.name}.txt")]
    for other in others:
        other.write_text("mine\n")
    at_top = written / f".deploy.yaml.{'0f' * 8}.pipegen"
    at_top.write_text("version: 1\n")
    assert _changes(written) == {}
    write(written, ())
    assert not half.exists()
    assert not at_top.exists()
    assert all(other.exists() for other in others)


ROOT = "deploy/production/main.tf"
MODULE = "deploy/modules/platform/main.tf"


def test_workflows_are_written_after_what_they_are_allowed_to_do_and_removals_come_last(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def noting(function: Any, name: int) -> Any:
        def noted(*arguments: Any, **named: Any) -> None:
            done.append(arguments[name])
            function(*arguments, **named)

        return noted

    for function, name in (("replace", 1), ("link", 1), ("unlink", 0)):
        monkeypatch.setattr(os, function, noting(getattr(os, function), name))
    write(written, differences(written, {PATH: "name: Other\n", ROOT: "\nterraform {}\n"}))
    ours = [name for name in done if not name.endswith(".pipegen")]
    assert ours == ["main.tf", "test.yml", "test-report.py"]


def test_folders_that_removals_leave_empty_are_removed_and_others_are_not(tmp_path: Path) -> None:
    tree = {ROOT: "\nterraform {}\n", MODULE: "\nterraform {}\n"}
    write(tmp_path, differences(tmp_path, tree))
    (tmp_path / "deploy/production/backend.hcl").write_text("bucket = 1\n")
    write(tmp_path, differences(tmp_path, {}))
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert left == ["deploy", "deploy/modules", "deploy/production", "deploy/production/backend.hcl"]


def test_what_a_killed_run_left_among_roots_and_modules_is_removed(tmp_path: Path) -> None:
    tree = {ROOT: "\nterraform {}\n", MODULE: "\nterraform {}\n"}
    write(tmp_path, differences(tmp_path, tree))
    for path in (ROOT, MODULE):
        (tmp_path / path).with_name(f".main.tf.{'0' * 16}.pipegen").write_text("half")
    write(tmp_path, differences(tmp_path, {**tree, ROOT: "\nlocals {}\n"}))
    assert not list(tmp_path.rglob(".*.pipegen"))


@pytest.mark.parametrize("path", [PATH, SCRIPT, ".github/workflows/publish.yml"])
def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(written: Path, path: str) -> None:
    """An update, a removal, and a new file; what was put in place before is put back."""
    tree = {PATH: NEWER[PATH], ".github/workflows/publish.yml": "name: Publish\n"}
    changes = differences(written, tree)
    assert [change.change for change in changes] == [Change.REMOVE, Change.CREATE, Change.UPDATE]
    (written / path).write_text("theirs\n")
    before = _snapshot(written)
    with pytest.raises(OSError, match="it has been changed meanwhile") as failed:
        write(written, changes)
    assert failed.value.filename == str(written / path)
    assert _snapshot(written) == before


# Two at once: real processes

PIPEGEN = Path(sys.executable).with_name("pipegen")
HOLD = "import sys; from pathlib import Path; from pipegen.output import locked\n"
HOLD += "with locked(Path()): print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which nothing is compiled yet."""
    shutil.copy(PROJECT / "examples/library/deploy.yaml", tmp_path)
    return tmp_path


@contextmanager
def _held(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder


def _started(root: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([PIPEGEN, *arguments], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_second_of_two_waits_and_compiles_what_is_there_then(repository: Path) -> None:
    manifest = repository / "deploy.yaml"
    with _held(repository) as holder:
        second = _started(repository, "compile")
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(3)
        assert [*repository.iterdir()] == [manifest]
        manifest.write_text(manifest.read_text().replace("make test", "make other"))
        holder.communicate()
        _, said = second.communicate(timeout=30)
    assert (second.returncode, said.count("wrote ")) == (0, said.count("\n"))
    assert "make other" in (repository / PATH).read_text()


def test_who_waits_too_long_says_so_and_writes_nothing(repository: Path) -> None:
    with _held(repository):
        second = _started(repository, "compile")
        _, said = second.communicate(timeout=30)
        assert second.returncode == 2
        assert said == (
            "error: another process is writing here; nothing was written. Run this again when it has ended\n"
        )
        assert [*repository.iterdir()] == [repository / "deploy.yaml"]


@pytest.mark.parametrize("command", [["compile"], ["init"], ["schema", "--write"], ["lint", "--fix"]])
def test_whoever_writes_leaves_alone_what_another_has_staged(repository: Path, command: list[str]) -> None:
    if command == ["init"]:
        (repository / "deploy.yaml").unlink()
    staged = repository / ".github/workflows/.test.yml.0123456789abcdef.pipegen"
    staged.parent.mkdir(parents=True)
    staged.touch()
    with _held(repository):
        second = _started(repository, *command)
        _, said = second.communicate(timeout=30)
        assert (second.returncode, said.partition(";")[0]) == (2, "error: another process is writing here")
        assert staged.exists()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="nothing tells here that a process has begun to wait")
@pytest.mark.parametrize("command", [["compile"], ["schema", "--write"]])
def test_who_is_interrupted_while_waiting_says_nothing_more(repository: Path, command: list[str]) -> None:
    with _held(repository):
        second = _started(repository, *command)
        while not _has_open(second, repository):
            assert second.poll() is None
        second.send_signal(signal.SIGINT)
        assert second.communicate(timeout=30) == ("", "")
        assert second.returncode == 130


def _has_open(process: subprocess.Popen[str], folder: Path) -> bool:
    with suppress(FileNotFoundError):  # it may close a file while they are looked at
        return any(file.readlink() == folder for file in Path(f"/proc/{process.pid}/fd").iterdir())
    return False


@pytest.mark.parametrize("command", [["lint"], ["compile", "--check"], ["compile", "--diff"]])
def test_who_writes_nothing_does_not_wait(repository: Path, command: list[str]) -> None:
    with _held(repository):
        reader = _started(repository, *command)
        reader.communicate(timeout=30)
        assert reader.returncode == 1


def test_a_lock_goes_with_the_process_that_was_killed(tmp_path: Path) -> None:
    with _held(tmp_path) as holder:
        with pytest.raises(BusyError), locked(tmp_path, patience=0.1):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with locked(tmp_path, patience=0):
            assert not [*tmp_path.iterdir()]


SLOWLY = "import time, pipegen.output as output\nreal = output.write\n"
SLOWLY += "output.write = lambda *given: (time.sleep(0.3), real(*given))\n"


def test_many_at_once_write_one_whole_set(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of them writes, slowly, and the others find that everything is as it should be."""
    slow = tmp_path_factory.mktemp("slow")
    (slow / "sitecustomize.py").write_text(SLOWLY)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(slow), os.environ.get("PYTHONPATH", "")]))
    together = [_started(repository, "compile") for _ in range(4)]
    said = [process.communicate(timeout=60)[1] for process in together]
    assert [process.returncode for process in together] == [0] * 4
    assert sorted(text.split(" ")[0].split(":")[0] for text in said) == ["unchanged"] * 3 + ["wrote"]
    assert _started(repository, "lint").wait(30) == 0
    assert not [*repository.rglob("*.pipegen")]
