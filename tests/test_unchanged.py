"""The record of a clean lint: it answers only where not a byte has changed, and only the user can have made it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cases import PROJECT
from pipegen import unchanged
from pipegen.commands import lint
from pipegen.commands.recording import Recording
from pipegen.files import WorkTree
from pipegen.formats import Format
from pipegen.output.mark import with_header

PIPEGEN = Path(sys.executable).with_name("pipegen")
WORKFLOW = Path(".github/workflows/test.yml")


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where records are kept."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("PIPEGEN_NO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches/pipegen"


@pytest.fixture
def repository(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """A compiled repository, as the current folder."""
    copy = tmp_path / "repository"
    shutil.copytree(PROJECT / "examples/collection-task", copy)
    monkeypatch.chdir(copy)
    return copy


def is_unchanged() -> bool:
    return unchanged.is_unchanged(["lint"])


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "CI"} | environment
    return subprocess.run([PIPEGEN, *arguments], env=environment, capture_output=True, text=True, check=False)


def is_answered(**environment: str) -> bool:
    """Whether a process of its own takes it for unchanged: what it imports is not what the tests do."""
    script = "import sys; from pipegen.unchanged import is_unchanged; sys.exit(not is_unchanged(['lint']))"
    environment = {key: value for key, value in os.environ.items() if key != "CI"} | environment
    return subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 0


def record(records: Path) -> Path:
    (found,) = records.iterdir()
    return found


def rewrite(path: Path) -> None:
    """Change a byte, and neither the size nor the time."""
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[-2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def become_a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: dict[str, Callable[[], object]] = {
    "a byte of the manifest": lambda: rewrite(Path("deploy.yaml")),
    "a byte of a workflow": lambda: rewrite(WORKFLOW),
    "a byte of a module": lambda: rewrite(next(Path("deploy/modules").glob("*/main.tf"))),
    "an output is deleted": WORKFLOW.unlink,
    "an output is a link to the same": lambda: become_a_link(WORKFLOW),
    "a folder is a link to the same": lambda: become_a_link(Path(".github/workflows")),
    "all outputs are deleted": lambda: shutil.rmtree("deploy"),
    "an output of what is no more": lambda: Path(".github/workflows/old.yml").write_text(
        with_header(".github/workflows/old.yml", "name: Old\n")
    ),
    "a root of what is no more": lambda: shutil.copytree("deploy/production", "deploy/gone"),
    "a file that the manifest names is deleted": Path("Dockerfile").unlink,
    "a file that the manifest names is a folder": lambda: become_a_folder(Path("Dockerfile")),
    "the manifest is deleted": Path("deploy.yaml").unlink,
    "the manifest is a link": lambda: become_a_link(Path("deploy.yaml")),
}


def test_a_clean_lint_is_answered_from_its_record(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_unchanged()
    assert lint.run() == 0
    assert is_unchanged()
    monkeypatch.chdir(repository.parent)
    assert unchanged.is_unchanged(["lint", "-C", "repository"])
    assert unchanged.is_unchanged(["-C", str(repository), "lint"])
    assert not unchanged.is_unchanged(["lint"])


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_linted(repository: Path, change: str) -> None:
    lint.run()
    assert is_unchanged()
    CHANGES[change]()
    assert not is_unchanged(), repository


def test_what_lint_does_not_read_may_change(repository: Path) -> None:
    lint.run()
    (repository / "README.md").write_text("another\n")
    (repository / "deploy/production/production.tfvars").write_text("secret\n")
    assert is_unchanged()


def test_what_is_not_pipegen_s_is_not_copied(repository: Path, records: Path) -> None:
    (repository / "deploy/production/terraform.tfstate").write_text("a password")
    lint.run()
    assert is_unchanged()
    assert b"a password" not in record(records).read_bytes()


@pytest.mark.parametrize(
    "arguments", [["lint", "--format", "json"], ["compile"], ["lint", "x"], ["lint", "-C", ""], []]
)
def test_only_a_plain_lint_is_answered(repository: Path, arguments: list[str]) -> None:
    lint.run()
    assert is_unchanged(), repository
    assert not unchanged.is_unchanged(arguments)


@pytest.mark.parametrize("change", ["a byte of a workflow", "an output is deleted", "the manifest warns"])
def test_findings_are_never_recorded(repository: Path, records: Path, change: str) -> None:
    if change in CHANGES:
        CHANGES[change]()
    else:
        text = (repository / "deploy.yaml").read_text()
        (repository / "deploy.yaml").write_text(text.replace("image: {", "image: {tag: latest, "))
        assert "tag: latest" in (repository / "deploy.yaml").read_text()
    assert lint.run() == 1
    assert not records.exists()


def test_what_changes_during_a_lint_is_not_recorded(repository: Path, records: Path) -> None:
    recording = Recording(WorkTree(repository))
    recording.holds_file("Dockerfile")
    rewrite(WORKFLOW)
    recording.keep()
    assert not records.exists()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("CI", "true"), ("PIPEGEN_NO_CACHE", "1"), ("XDG_CACHE_HOME", "caches"), ("XDG_CACHE_HOME", "")],
)
def test_there_are_ways_to_have_no_record(
    repository: Path, records: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    lint.run()
    assert is_unchanged()
    monkeypatch.setenv("HOME", "nowhere")
    monkeypatch.setenv(variable, value)
    assert not is_unchanged()
    shutil.rmtree(records)
    assert lint.run() == 0
    assert not records.exists()
    assert not (repository / "caches").exists()


def loosen(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o020)


def give_away(path: Path) -> None:
    os.chown(path, 12345, -1)


def put_in_a_work_tree(path: Path) -> None:
    (path.parent.parent / ".git").mkdir()


@pytest.mark.parametrize("damage", [loosen, become_a_link, give_away], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("of_folder", [True, False], ids=["folder", "record"])
def test_a_record_that_another_may_have_written_is_not_believed(
    repository: Path, records: Path, damage: Callable[[Path], None], of_folder: bool
) -> None:
    if damage is give_away and os.geteuid() != 0:
        pytest.skip("only root may give a file away")
    lint.run()
    assert is_unchanged(), repository
    damage(records if of_folder else record(records))
    assert not is_unchanged()


def test_nothing_is_recorded_in_a_work_tree(repository: Path, records: Path) -> None:
    lint.run()
    assert is_unchanged(), repository
    put_in_a_work_tree(records)
    assert not is_unchanged()
    record(records).unlink()
    lint.run()
    assert [*records.iterdir()] == []


def test_a_record_that_is_damaged_anywhere_is_not_believed(repository: Path, records: Path) -> None:
    lint.run()
    assert is_unchanged(), repository
    path = record(records)
    data = path.read_bytes()
    for at in [*range(300), *range(300, len(data), 997)]:
        path.write_bytes(data[:at])
        assert not is_unchanged(), at
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x11]) + data[at + 1 :])
        assert not is_unchanged(), at
    path.write_bytes(data + b"\0")
    assert not is_unchanged()
    path.write_bytes(b"\xff" * 100)
    assert not is_unchanged()
    path.write_bytes(data)
    assert is_unchanged()


def test_a_record_of_another_repository_says_nothing_of_this_one(repository: Path, records: Path) -> None:
    lint.run()
    other = repository.with_name("other")
    shutil.copytree(repository, other)
    shutil.copyfile(record(records), unchanged.record_of(str(records), str(other)))
    Path(unchanged.record_of(str(records), str(other))).chmod(0o600)
    assert not unchanged.is_unchanged(["lint", "-C", str(other)])


@pytest.mark.parametrize("size", ["0", "8"], ids=["full", "nearly full"])
def test_a_disk_without_room_is_no_error(repository: Path, records: Path, size: str) -> None:
    script = f'ulimit -f {size}; exec "$0" lint'
    done = subprocess.run(["/bin/sh", "-c", script, PIPEGEN], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), repository
    assert [*records.iterdir()] == []


def test_a_cache_that_is_no_folder_is_no_error(repository: Path, records: Path) -> None:
    records.parent.mkdir()
    records.write_text("")
    done = run("lint")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), repository
    assert not is_unchanged()


def test_many_at_once_leave_one_whole_record(repository: Path, records: Path) -> None:
    running = [subprocess.Popen([PIPEGEN, "lint"], stdout=subprocess.PIPE, cwd=repository) for _ in range(4)]
    assert [process.communicate()[0] for process in running] == [b""] * 4
    assert [process.returncode for process in running] == [0] * 4
    assert record(records)
    assert is_answered()


def test_records_of_repositories_that_are_gone_are_removed(repository: Path, records: Path) -> None:
    lint.run()
    old = records / "lint+gone"
    old.write_text("")
    month = time.time() - 31 * 86400
    os.utime(old, (month, month))
    lint.run()
    assert record(records)
    assert is_unchanged(), repository


def test_old_records_are_removed_whatever_stands_between_them(repository: Path, records: Path) -> None:
    records.mkdir(parents=True)
    month = time.time() - 31 * 86400
    for number in range(8):
        (records / f"lint+{number}").write_text("")
        (records / f"folder {number}").mkdir()
    for path in records.iterdir():
        os.utime(path, (month, month))
    lint.run()
    assert len([path for path in records.iterdir() if path.is_file()]) == 1, repository


@pytest.mark.parametrize("name", ["я" * 120, "я" * 119 + "x", "x" * 250], ids=["whole", "cut in a letter", "ASCII"])
def test_a_repository_of_a_long_name_has_a_record(repository: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(repository.rename(repository.with_name(name)))
    assert lint.run() == 0
    assert is_unchanged()


def test_another_library_that_is_put_before_the_one_that_was_used_is_asked(repository: Path, tmp_path: Path) -> None:
    """On the path of imports, or as a module in a folder that is on it already."""
    before = tmp_path / "before"
    before.mkdir()
    assert run("lint").returncode == 0
    assert is_answered()
    assert not is_answered(PYTHONPATH=str(before)), repository
    assert run("lint", PYTHONPATH=str(before)).returncode == 0
    assert is_answered(PYTHONPATH=str(before))
    (before / "yaml.py").write_text("raise SystemExit(77)\n")
    assert run("lint", PYTHONPATH=str(before)).returncode == 77


def test_a_pipegen_that_was_edited_is_another(repository: Path, records: Path, tmp_path: Path) -> None:
    edited = tmp_path / "edited"
    shutil.copytree(PROJECT / "src", edited, ignore=shutil.ignore_patterns("__pycache__"))
    script = "import sys; from pipegen.unchanged import is_unchanged; sys.exit(not is_unchanged(['lint']))"

    def ask(*command: str) -> int:
        return subprocess.run([sys.executable, *command], env={**os.environ, "PYTHONPATH": str(edited)}).returncode

    assert ask("-m", "pipegen", "lint") == 0
    assert record(records)
    assert ask("-c", script) == 0, repository
    rewrite(edited / "pipegen/rules/moving_tag.py")
    assert ask("-c", script) == 1


def test_a_format_that_prints_is_not_answered(repository: Path) -> None:
    assert lint.run(Format.JSON) == 0
    assert run("lint", "--format", "json").stdout != "", repository
