"""What a repository holds: files and folders, links that stay inside, and nothing that cannot be looked at."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from cases import Holding
from pipegen.compiler import compile_manifest
from pipegen.files import Observed, WorkTree, repository_above
from pipegen.opening import is_of_git, open_file, real_path
from pipegen.seen import state


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with everything that a path can be."""
    root = tmp_path / "repository"
    (root / "folder").mkdir(parents=True)
    (root / "folder/file").write_text("")
    (root / ".git").mkdir()
    (root / ".git/config").write_text("")
    (tmp_path / "outside").write_text("")
    os.mkfifo(root / "pipe")
    links = {
        "link-to-file": "folder/file",
        "link-to-folder": "folder",
        "link-out": "../outside",
        "link-to-parent": "..",
        "link-nowhere": "nowhere",
        "circle": "circle",
        "there": "back",
        "back": "there",
        "link-to-git": ".git/config",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    return root


@pytest.mark.parametrize(
    ("path", "file", "folder"),
    [
        ("folder/file", True, False),
        ("folder", False, True),
        ("folder/", False, True),
        (".", False, True),
        ("link-to-file", True, False),
        ("link-to-folder", False, True),
        ("link-to-folder/file", True, False),
        ("nowhere", False, False),
        ("folder/file/deeper", False, False),
        ("pipe", False, False),
        ("link-out", False, False),
        ("link-to-parent", False, False),
        ("link-to-parent/outside", False, False),
        ("link-nowhere", False, False),
        ("circle", False, False),
        ("circle/deeper", False, False),
        ("there", False, False),
        (".git/config", False, False),
        ("link-to-git", False, False),
        ("x" * 5000, False, False),
        ("a\0b", False, False),
    ],
)
def test_what_is_held(root: Path, path: str, file: bool, folder: bool) -> None:
    tree = WorkTree(root)
    assert (tree.holds_file(path), tree.holds_folder(path)) == (file, folder)


def test_what_may_not_be_looked_at_is_not_held(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(path: str, **_: object) -> os.stat_result:
        raise PermissionError(13, "Permission denied", path)

    tree = WorkTree(root)
    monkeypatch.setattr(os, "lstat", refusing)
    assert (tree.holds_file("folder/file"), tree.holds_folder("folder")) == (False, False)


def test_the_bytes_of_a_file_are_read_up_to_a_number(root: Path) -> None:
    (root / "folder/file").write_bytes(b"0123456789")
    tree = WorkTree(root)
    assert [tree.read("folder/file", most) for most in (3, 20)] == [b"012", b"0123456789"]
    assert tree.read("link-to-file", 20) == b"0123456789"


@pytest.mark.parametrize(
    ("path", "number", "says"),
    [
        ("link-out", errno.ELOOP, "it is a symbolic link that leads out of the repository"),
        ("link-to-parent/outside", errno.ELOOP, "it is a symbolic link that leads out of the repository"),
        ("link-to-git", errno.EPERM, "it is a file of git's own"),
        ("folder", errno.EINVAL, "it is not a regular file"),
        ("a\0b", errno.EINVAL, "embedded null byte"),
        ("pipe", errno.EINVAL, "it is not a regular file"),
        ("nowhere", errno.ENOENT, "No such file or directory"),
        ("link-nowhere", errno.ENOENT, "No such file or directory"),
        ("circle", errno.ELOOP, "Too many levels of symbolic links"),
    ],
)
def test_what_is_no_file_of_the_repository_is_not_read(root: Path, path: str, number: int, says: str) -> None:
    with pytest.raises(OSError, match=says) as refused:
        WorkTree(root).read(path, 20)
    assert (refused.value.errno, refused.value.strerror) == (number, says)


def test_a_path_names_what_its_links_lead_to_inside(root: Path) -> None:
    tree = WorkTree(root)
    assert tree.inside("link-to-file") == root.resolve() / "folder/file"
    assert tree.inside(".") == root.resolve()
    refused = ("link-out", "link-to-parent", "nowhere", "circle", ".git", ".git/config", "link-to-git", "a\0b")
    assert [tree.inside(path) for path in refused] == [None] * len(refused)
    beside = root.with_name("repository-of-others")
    beside.touch()
    (root / "link-beside").symlink_to(beside)
    assert tree.inside("link-beside") is None
    (root / "folder/.GIT").touch()
    assert tree.inside("folder/.GIT") is None


def test_how_a_file_begins(root: Path) -> None:
    (root / "folder/file").write_bytes(bytes(range(256)) + b"more")
    tree = WorkTree(root)
    assert tree.beginning("folder/file") == tree.beginning("link-to-file") == bytes(range(256))
    assert [tree.beginning(path) for path in ("folder", "pipe", "link-out", "nowhere", "link-to-git")] == [b""] * 5


def test_a_file_is_opened_where_it_stands(root: Path) -> None:
    (root / "folder/file").write_bytes(b"0123456789")
    folder = os.open(root / "folder", os.O_RDONLY)
    with open_file(root / "folder/file") as by_path, open_file("file", folder) as by_name:
        assert by_path.read() == by_name.read() == b"0123456789"
    os.close(folder)


@pytest.mark.parametrize("path", ["link-to-file", "link-out", "pipe", "folder", "link-to-folder", "nowhere", "circle"])
def test_what_is_no_file_is_not_opened_and_not_held_open(root: Path, path: str) -> None:
    next_one = os.dup(0)
    os.close(next_one)
    with pytest.raises(OSError, match=path):
        open_file(root / path)
    again = os.dup(0)
    os.close(again)
    assert again == next_one


def test_below_the_root_of_the_file_system_is_everything(root: Path) -> None:
    assert real_path("/", root / "link-to-file") == str(root.resolve() / "folder/file")
    assert is_of_git("/", str(root.resolve() / ".Git/config"))
    assert not is_of_git(root / ".git", str(root.resolve() / ".git/config"))


def test_a_folder_of_a_repository_has_a_root_above_it(root: Path) -> None:
    assert [repository_above(root / path) for path in ("folder", "folder/deeper", "link-to-folder")] == [root] * 3
    assert repository_above(root) is None
    assert repository_above(root.parent) is None
    (root / "folder/.git").touch()  # as in a submodule
    assert repository_above(root / "folder") is None
    assert repository_above(root / "folder/deeper") == root / "folder"


def test_what_was_asked_is_asked_again(root: Path) -> None:
    (root / "folder/file").write_bytes(b"begins")
    observed = Observed(WorkTree(root))
    asked = (observed.holds_file("folder/file"), observed.holds_folder("folder"), observed.beginning("folder/file"))
    assert asked == (True, True, b"begins")
    assert not observed.holds_folder("later")
    assert observed.held == {("file", "folder/file"): True, ("folder", "folder"): True, ("folder", "later"): False}
    assert observed.begun == {"folder/file": b"begins"}
    assert observed.paths == {"folder/file", "folder", "later"}
    assert observed.is_unchanged()
    (root / "folder/unasked").touch()
    assert observed.is_unchanged()
    (root / "later").mkdir()
    assert not observed.is_unchanged()
    (root / "later").rmdir()
    assert observed.is_unchanged()
    (root / "folder/file").write_bytes(b"begins otherwise")
    assert not observed.is_unchanged()


def test_an_answer_is_kept_while_a_command_runs(root: Path) -> None:
    observed = Observed(WorkTree(root))
    assert observed.holds_file("folder/file")
    (root / "folder/file").unlink()
    assert observed.holds_file("folder/file")
    assert not observed.is_unchanged()


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    """A repository that holds a manifest, and a folder where a root could stand."""
    (tmp_path / "deploy/one").mkdir(parents=True)
    (tmp_path / "deploy.yaml").write_bytes(b"version: 1\n")
    return tmp_path


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "path",
    [
        "deploy.yaml",
        ".github/workflows/a.yml",
        ".github/pipegen/anything",
        "deploy/one/main.tf",
        "deploy/one/providers.tf",
        "deploy/one/publishing.tf",
        "deploy/modules/one/anything.tf",
    ],
)
def test_every_byte_of_what_may_be_compiled_is_seen(compiled: Path, path: str) -> None:
    (compiled / "deploy.yaml").rename(compiled / "elsewhere")
    (compiled / "deploy.yaml").symlink_to("elsewhere")
    states = [state(str(compiled))]
    for data in (b"", b"a", b"b", b"bb"):
        _write(compiled / path, data)
        states.append(state(str(compiled)))
    assert len(set(states)) == 5
    assert state(str(compiled)) == states[-1]


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        ".github/dependabot.yml",
        ".github/workflows/a.yaml",
        ".github/workflows/deeper/a.yml",
        "deploy/one/production.tfvars",
        "deploy/one/deeper/main.tf",
        "deploy/modules/one/anything.md",
    ],
)
def test_what_is_never_compiled_is_not_seen(compiled: Path, path: str) -> None:
    for folder in (".github/workflows/deeper", "deploy/one/deeper", "deploy/modules/one"):
        (compiled / folder).mkdir(parents=True)
    before = state(str(compiled))
    _write(compiled / path, b"a")
    assert state(str(compiled)) == before


def test_a_name_is_seen_behind_others_and_apart_from_what_it_holds(compiled: Path) -> None:
    folder = compiled / ".github/workflows"
    for name in ("a.md", "b.yml"):
        _write(folder / name, b"a")
    states = {state(str(compiled))}
    (folder / "b.yml").rename(folder / "c.yml")
    states.add(state(str(compiled)))
    (folder / "c.yml").rename(folder / "elsewhere")
    (folder / "c.yml").symlink_to("elsewhere")
    states.add(state(str(compiled)))
    (folder / "c.yml").unlink()
    (folder / "c.yml").mkdir()
    states.add(state(str(compiled)))
    assert len(states) == 4


@pytest.mark.parametrize("path", [".github", ".github/workflows", "deploy", "deploy/one/main.tf"])
def test_a_file_in_the_place_of_a_folder_and_the_other_way_round_are_seen(compiled: Path, path: str) -> None:
    shutil.rmtree(compiled / "deploy")
    before = state(str(compiled))
    _write(compiled / path, b"")
    as_file = state(str(compiled))
    (compiled / path).unlink()
    (compiled / path).mkdir()
    assert len({before, as_file, state(str(compiled))}) == 3


def test_without_a_manifest_that_is_a_file_nothing_is_seen(compiled: Path) -> None:
    (compiled / "deploy.yaml").unlink()
    with pytest.raises(FileNotFoundError, match=r"deploy\.yaml"):
        state(str(compiled))
    (compiled / "deploy.yaml").mkdir()
    with pytest.raises(OSError, match="it is not a regular file"):
        state(str(compiled))


MANIFEST = """\
version: 1
kind: library
name: x
repository: acme/x
test:
  python-version-file: {version}
  compose: {compose}
  working-directory: {folder}
  suites: {{lint: make lint, unit: {{run: make unit, working-directory: {suite}}}}}
  waivers: {{integration: none, acceptance: none}}
"""
GOOD = {"version": "a-file", "compose": "a-file", "folder": "a-folder", "suite": "a-folder/"}


@pytest.mark.parametrize(
    ("key", "path", "message"),
    [
        ("version", "nothing", "the repository does not hold `nothing`"),
        ("version", "a-folder", "`a-folder` is a folder, not a file"),
        ("compose", "nothing", "the repository does not hold `nothing`"),
        ("compose", "a-folder/", "`a-folder/` is a folder, not a file"),
        ("folder", "nothing", "the repository does not hold `nothing`"),
        ("folder", "a-file", "`a-file` is a file, not a folder"),
        ("suite", "a-file", "`a-file` is a file, not a folder"),
    ],
)
def test_a_path_must_be_what_is_wanted(key: str, path: str, message: str) -> None:
    files = Holding("a-file", "a-folder/")
    assert compile_manifest(MANIFEST.format(**GOOD).encode(), files).diagnostics == ()
    (diagnostic,) = compile_manifest(MANIFEST.format(**GOOD | {key: path}).encode(), files).diagnostics
    assert (diagnostic.rule.name, diagnostic.message) == ("missing-file", message)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EIO, errno.EACCES])
def test_what_cannot_be_looked_at_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    (tmp_path / "Dockerfile").touch()
    tree = WorkTree(tmp_path)
    assert tree.holds_file("Dockerfile")
    assert tree.holds_folder(".")

    def refusing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "stat", refusing)
    assert tree.holds_file("Dockerfile") is False
    assert tree.holds_folder(".") is False
