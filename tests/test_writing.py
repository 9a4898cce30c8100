"""Writing where the system does not do what is asked: samples of the sweeps, and disks, links and git that are real."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from cases import write
from pipegen.output import Change, differences, folders, with_header
from proofs import faults, kills, runs
from writing.scenarios import Scenario, pipegen, scenarios
from writing.tracing import Call, calls, compile_with, needs_strace

PATH = ".github/workflows/test.yml"
ROOT = "deploy/production/main.tf"
OLD = {PATH: "name: Old\n", ROOT: "# old\n"}
NEW = {PATH: "name: New\n", ROOT: "# new\n"}


def _scenario(name: str) -> Scenario:
    return next(scenario for scenario in scenarios() if scenario.name == name)


# Samples; `make kills`, `make faults` and `make runs` go through more


def test_a_killed_compile_tears_nothing() -> None:
    needs_strace()
    assert kills.killed_at(kills.points([_scenario("removal")])[:6]).total() == 6


def test_a_refused_call_is_told_of_and_nothing_is_lost() -> None:
    needs_strace()
    assert faults.refused_at(faults.faults([_scenario("update")])[:8]).total() == 8


def test_the_same_is_compiled_everywhere_and_a_second_time_touches_nothing() -> None:
    twice = [runs.digests(range(first, first + 2)) for first in (0, 6)]
    assert twice[0] == twice[1]
    assert all(len(found) == 1 for found in twice[0].values())


def test_keys_are_shuffled_but_for_suites() -> None:
    text = "a: 1\nb: [{c: '3', d: 4}]\ntest: {suites: {y: z, x: w, v: u}}\n"
    orders = {runs.shuffled(text, seed) for seed in range(100)}
    assert len(orders) == 12  # three keys in any order, and two
    assert all("suites: {y: z, x: w, v: u}" in order and "c: '3'" in order for order in orders)


# The sweeps notice what they are there for


def test_a_torn_a_lost_and_a_premature_file_are_noticed(tmp_path: Path) -> None:
    scenario = _scenario("update")
    root = scenario.made(tmp_path)
    kills.check_set(scenario, root)
    for path, data in scenario.before.items():
        (root / path).write_bytes(data)
    workflow = root / PATH
    workflow.write_bytes(scenario.after[PATH])
    with pytest.raises(AssertionError, match="before"):
        kills.check_set(scenario, root)
    workflow.write_bytes(scenario.after[PATH][:-1])
    with pytest.raises(AssertionError, match="torn"):
        kills.check_set(scenario, root)
    workflow.unlink()
    with pytest.raises(AssertionError, match="gone"):
        kills.check_set(scenario, root)


# Power loss


def test_every_file_is_on_the_disk_before_the_first_has_its_place(tmp_path: Path) -> None:
    """And the names of Terraform are, before those of workflows."""
    needs_strace()
    for name in ("first", "update"):
        made = calls(_scenario(name).made(tmp_path / name))
        placed = [number for number, call in enumerate(made) if call.name in ("renameat", "renameat2", "linkat")]
        assert len(placed) == len(_scenario(name).after)
        for number in placed:
            staged = made[number].path
            written = [at for at, call in enumerate(made) if call.path == staged and call.name == "write"]
            synced = [at for at, call in enumerate(made) if call.path == staged and call.name == "fsync"]
            assert max(written) < max(synced) < min(placed), staged
        workflows = [number for number in placed if made[number].path.startswith(".github/")]
        others = {Path(made[number].path).parent for number in placed if number not in workflows}
        between = made[max(set(placed) - set(workflows)) : min(workflows)]
        assert others <= {Path(call.path) for call in between if call.name == "fsync"}


# Disks


@contextmanager
def _disk(at: Path, options: str) -> Iterator[Path]:
    """A small file system of its own, if one may be made here."""
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "pipegen-test", str(at)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk, and not everywhere")
    try:
        yield at
    finally:
        subprocess.run(["umount", at], check=True)


@pytest.mark.parametrize(
    "options", ["size=24k", "size=64k", "size=100k", "size=400k,nr_inodes=9", "size=4m,nr_inodes=40"]
)
@pytest.mark.parametrize("name", ["first", "update"])
def test_a_full_disk_changes_nothing(tmp_path: Path, options: str, name: str) -> None:
    scenario = _scenario(name)
    size = "" if name == "first" else ",size=300k,nr_inodes=80"
    with _disk(tmp_path / "disk", options + size) as disk:
        root = scenario.made(disk)
        status, said = pipegen(root, "compile")
        assert (status, said.count("\n")) == (2, 1)
        assert said.startswith("error: cannot write ")
        assert said.endswith(": No space left on device\n")
        assert scenario.now(root) == scenario.before
        subprocess.run(["mount", "-o", "remount,size=8m,nr_inodes=200", disk], check=True)
        assert pipegen(root, "compile")[0] == 0
        assert scenario.now(root) == scenario.after


def test_a_disk_that_is_only_read_changes_nothing_and_is_no_matter_where_nothing_changes(tmp_path: Path) -> None:
    scenario = _scenario("update")
    with _disk(tmp_path / "disk", "size=8m") as disk:
        root = scenario.made(disk)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        status, said = pipegen(root, "compile")
        assert status == 2
        assert said.startswith("error: cannot write ")
        assert said.endswith(": Read-only file system\n")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert pipegen(root, "compile")[0] == 0
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert pipegen(root, "compile") == (
            0,
            f"unchanged: {len(scenario.after)} compiled files are as deploy.yaml says\n",
        )


def test_a_disk_without_hard_links_is_written_to_as_well(tmp_path: Path) -> None:
    needs_strace()
    scenario = _scenario("first")
    run = compile_with(scenario.made(tmp_path), Call("linkat", 1, PATH, True), "error=EPERM+")
    assert run.status == 0, run.stderr
    assert scenario.now(tmp_path) == scenario.after


# Links that come and go


SWAPPING = """
import ctypes, os, sys
folder, link = (os.fsencode(path) for path in sys.argv[1:])
exchange = ctypes.CDLL(None, use_errno=True).renameat2
print("started", flush=True)
while not exchange(-100, folder, -100, link, 2):
    pass
sys.exit(os.strerror(ctypes.get_errno()))
"""
"""Gives two paths each other's name, in one step and for ever."""


@pytest.mark.parametrize("folder", [".github/workflows", ".github", "deploy/production"])
def test_a_folder_that_is_exchanged_for_a_link_all_the_time_leads_nothing_outside(tmp_path: Path, folder: str) -> None:
    """What lies there is as compiled, so nothing but its place tells that it is not to be written."""
    assert not _led_outside(tmp_path, folder, seconds=1)


@pytest.mark.slow
def test_a_write_by_paths_is_led_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the test above is one that a writer can fail."""
    monkeypatch.setattr(folders, "_HOLDS", False)
    assert _led_outside(tmp_path, ".github", seconds=120)


def _led_outside(tmp_path: Path, folder: str, seconds: float) -> bool:
    """Whether anything outside is written within so many seconds, while a folder and a link exchange their names."""
    root, outside = tmp_path / "root", tmp_path / "outside"
    for at in (root, outside):
        at.mkdir()
        write(at, differences(at, OLD))
    before = _files(outside)
    (tmp_path / "link").symlink_to(outside / folder)
    command: list[str | Path] = [sys.executable, "-c", SWAPPING, root / folder, tmp_path / "link"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as swapping:
        assert swapping.stdout
        swapping.stdout.readline()
        until = time.monotonic() + seconds
        for tree in cycle([OLD, NEW]):
            with suppress(OSError):
                found = differences(root, tree)
                if not any(difference.change is Change.IN_THE_WAY for difference in found):
                    write(root, found)
            if time.monotonic() > until or _files(outside) != before:
                break
        assert swapping.poll() is None
        swapping.kill()
    return _files(outside) != before


def _files(at: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in at.rglob("*") if path.is_file()}


def test_a_file_that_appears_at_the_last_moment_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def linking(*arguments: Any, **named: Any) -> None:
        with suppress(FileExistsError):
            (tmp_path / PATH).write_text("theirs\n")
        link(*arguments, **named)

    changes = differences(tmp_path, {PATH: OLD[PATH]})
    monkeypatch.setattr(os, "link", linking)
    with pytest.raises(OSError, match="File exists") as failed:
        write(tmp_path, changes)
    assert (failed.value.errno, failed.value.filename) == (errno.EEXIST, str(tmp_path / PATH))
    assert [path.name for path in tmp_path.rglob("*")] == [".github", "workflows", "test.yml"]
    assert (tmp_path / PATH).read_text() == "theirs\n"


def test_a_folder_that_was_moved_away_at_the_last_moment_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files would have been put in place, but not where the repository has them."""
    write(tmp_path, differences(tmp_path, {PATH: OLD[PATH]}))
    replace = os.replace

    def replacing(*arguments: Any, **named: Any) -> None:
        replace(*arguments, **named)
        monkeypatch.undo()
        (tmp_path / PATH).parent.rename(tmp_path / "moved")

    changes = differences(tmp_path, {PATH: NEW[PATH]})
    monkeypatch.setattr(os, "replace", replacing)
    with pytest.raises(OSError, match="it has been changed meanwhile") as failed:
        write(tmp_path, changes)
    assert failed.value.filename == str((tmp_path / PATH).parent)
    assert (tmp_path / "moved/test.yml").read_text() == with_header(PATH, OLD[PATH])
    assert [path.name for path in (tmp_path / "moved").iterdir()] == ["test.yml"]


# Where folders cannot be held open, as on Windows


@pytest.fixture
def not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_HOLDS", False)


@pytest.mark.usefixtures("not_held")
@pytest.mark.parametrize("name", ["first", "update", "removal"])
def test_everything_is_written_by_path_where_folders_cannot_be_held(tmp_path: Path, name: str) -> None:
    scenario = _scenario(name)
    root = scenario.made(tmp_path)
    assert pipegen(root, "compile")[0] == 0
    assert scenario.now(root) == scenario.after
    assert pipegen(root, "lint") == (0, "")


@pytest.mark.usefixtures("not_held")
@pytest.mark.parametrize("link", [PATH, ".github/workflows", ".github"])
def test_a_link_is_not_followed_where_folders_cannot_be_held(tmp_path: Path, link: str) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    root.mkdir()
    write(root, differences(root, OLD))
    changes = differences(root, NEW)
    (root / link).rename(elsewhere)
    (root / link).symlink_to(elsewhere)
    assert {difference.path: difference.change for difference in differences(root, NEW)}[link] is Change.IN_THE_WAY
    with pytest.raises(OSError, match="a symbolic link leads elsewhere"):
        write(root, changes)
    assert with_header(PATH, OLD[PATH]).encode() in [path.read_bytes() for path in tmp_path.rglob("*.yml")] or (
        elsewhere.read_text() == with_header(PATH, OLD[PATH])
    )
    assert not [*tmp_path.rglob("*.pipegen")]


# Line ends


def test_what_git_checks_out_with_other_line_ends_is_as_compiled(tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    scenario = _scenario("first")
    origin, clone = scenario.made(tmp_path / "origin"), tmp_path / "clone"
    assert pipegen(origin, "compile")[0] == 0
    _git(origin, "init", "--quiet")
    _git(origin, "add", "--all")
    _git(origin, "commit", "--quiet", "--message", "Compile")
    _git(tmp_path, "-c", "core.autocrlf=true", "clone", "--quiet", "--config", "core.autocrlf=true", origin, clone)
    assert all(b"\r\n" in (clone / path).read_bytes() for path in ("deploy.yaml", *scenario.after))
    stats = [((clone / path).stat().st_ino, (clone / path).stat().st_mtime_ns) for path in scenario.after]
    assert pipegen(clone, "lint") == (0, "")
    assert pipegen(clone, "compile")[1].startswith("unchanged: ")
    assert [((clone / path).stat().st_ino, (clone / path).stat().st_mtime_ns) for path in scenario.after] == stats
    manifest = clone / "deploy.yaml"
    manifest.write_bytes(manifest.read_bytes().replace(b"make test", b"make other"))
    assert pipegen(clone, "compile")[0] == 0
    changed = set(_git(clone, "diff", "--name-only").split())
    assert PATH in changed
    assert "make other" in _git(clone, "diff", PATH)
    assert changed < {"deploy.yaml", *scenario.after}


def _git(at: Path, *arguments: str | Path) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": "/nowhere",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    command = ["git", *who, *arguments]
    run = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, check=True)
    return run.stdout
