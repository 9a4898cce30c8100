"""Owning files: what is written, what is left alone, and what is asked of a person first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipegen.output import Change, differences, with_header, write

PATH = ".github/workflows/test.yml"
SCRIPT = ".github/pipegen/test-report.py"
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
    assert (tmp_path / PATH).read_text() == with_header("name: Test\n")
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
        lambda text: text.replace("Test", "Tent"),
        lambda text: text.replace("# pipegen ", "# pipegen 0"),
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


def test_a_file_of_another_version_of_pipegen_is_its_own(written: Path) -> None:
    text = with_header("name: Old\n").replace("# Written by", "# Compiled, once upon a time, by")
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
    assert _changes(written)[PATH] is Change.IN_THE_WAY


def test_a_file_whose_source_has_gone_is_removed(written: Path) -> None:
    tree = {PATH: TREE[PATH]}
    assert _changes(written, tree) == {SCRIPT: Change.REMOVE}
    write(written, differences(written, tree))
    assert not (written / SCRIPT).exists()


def test_an_edited_file_whose_source_has_gone_is_not_removed(written: Path) -> None:
    (written / SCRIPT).write_text((written / SCRIPT).read_text() + "more\n")
    assert _changes(written, {PATH: TREE[PATH]}) == {SCRIPT: Change.HAND_EDITED}


def test_neighbours_of_other_origin_are_never_touched(written: Path) -> None:
    neighbour = written / ".github/workflows/nightly.yml"
    neighbour.write_text("# Compiled by something else\nname: Nightly\n")
    (written / ".github/workflows/binary.yml").write_bytes(b"\xff")
    assert _changes(written, {}) == {PATH: Change.REMOVE, SCRIPT: Change.REMOVE}


def test_a_write_that_fails_leaves_everything_as_it_was(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second file cannot be staged: the first is not replaced either, and no temporary file stays."""
    before = {path: path.read_bytes() for path in written.rglob("*") if path.is_file()}
    tree = {path: f"{body}# new\n" for path, body in TREE.items()}
    write_bytes, calls = Path.write_bytes, []

    def failing(path: Path, data: bytes) -> int:
        calls.append(path)
        if len(calls) == 2:
            write_bytes(path, data[:3])
            raise OSError(28, "No space left on device", str(path))
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(OSError, match="No space left"):
        write(written, differences(written, tree))
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in written.rglob("*") if path.is_file()} == before
