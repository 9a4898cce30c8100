"""The schema that an editor reads: its copy in the repository, and the line of the manifest that names it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from cases import PROJECT
from pipegen import __version__
from pipegen.copies import copied_by
from pipegen.schema import schema, schema_text

PIPEGEN = Path(sys.executable).with_name("pipegen")
COPY = Path("deploy.schema.json")
NAMED = f"# yaml-language-server: $schema={COPY}\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A compiled repository without a modeline, as the current folder."""
    copy = tmp_path / "repository"
    shutil.copytree(PROJECT / "examples/library", copy)
    monkeypatch.chdir(copy)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv("CI", raising=False)
    _name("")
    return copy


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PIPEGEN, *arguments], capture_output=True, text=True, timeout=60, check=False)


def _name(modeline: str) -> None:
    """Put a modeline, or another first line, in place of the one that is there."""
    manifest = Path("deploy.yaml")
    lines = manifest.read_bytes().decode().splitlines(keepends=True)
    manifest.write_bytes((modeline + "".join(line for line in lines if "$schema" not in line)).encode())


def _identity(path: Path) -> tuple[int, ...]:
    found = path.lstat()
    return found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns


def _old(text: str) -> str:
    """A schema as an older pipegen would have written it."""
    older = (
        "import pipegen; pipegen.__version__ = '0.0.1'; from pipegen import schema; print(schema.schema_text(), end='')"
    )
    changed = subprocess.run([sys.executable, "-c", older], capture_output=True, text=True, check=True).stdout
    assert changed != text
    return changed


def test_a_copy_is_written_and_known_again(repository: Path) -> None:
    assert (first := run("schema", "--write")).returncode == 0
    assert (first.stdout, first.stderr) == ("", "wrote deploy.schema.json\n")
    assert COPY.read_text() == schema_text() == run("schema").stdout
    assert copied_by(COPY.read_text()) == __version__
    assert run("schema", "--write").stderr == "unchanged: deploy.schema.json\n"
    COPY.write_text(_old(schema_text()))
    assert run("schema", "--write").stderr == "wrote deploy.schema.json\n"
    assert COPY.read_text() == schema_text()
    assert sorted(path.name for path in repository.iterdir() if "schema" in path.name) == [COPY.name]


def test_a_copy_may_stand_elsewhere(repository: Path) -> None:
    assert run("schema", "--write", "editor/pipegen.json").returncode == 0
    assert (repository / "editor/pipegen.json").read_text() == schema_text()
    assert run("schema", "-C", str(repository), "--write", "editor/pipegen.json").stderr.startswith("unchanged")


@pytest.mark.usefixtures("repository")
def test_a_place_for_the_copy_says_nothing_without_write() -> None:
    found = run("schema", "nowhere.json")
    said = "error: FILE says where the copy is written: write it with --write\n"
    assert (found.returncode, found.stdout, found.stderr) == (2, "", said)


@pytest.mark.parametrize("what", ["another schema", "an edited copy", "no JSON", "a link", "a folder", "a pipe"])
@pytest.mark.usefixtures("repository")
def test_somebody_elses_file_is_left_alone(what: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text(schema_text())
    match what:
        case "another schema":
            COPY.write_text(json.dumps(schema()))
        case "an edited copy":
            COPY.write_text(schema_text().replace('"maxLength": 500', '"maxLength": 501', 1))
        case "no JSON":
            COPY.write_text("[" * 100_000)
        case "a link":
            COPY.symlink_to(outside)
        case "a folder":
            COPY.mkdir()
        case _:
            os.mkfifo(COPY)
    before = _identity(COPY)
    found = run("schema", "--write")
    assert found.returncode == 2, found
    assert found.stderr.startswith("error: cannot write deploy.schema.json: ")
    assert _identity(COPY) == before
    assert outside.read_text() == schema_text()


@pytest.mark.parametrize(
    "path",
    [
        *("../a.json", "/tmp/a.json", "a/../../a.json", "./a.json", "a//b.json"),
        *(".git/a.json", "a/.git/a.json", ".GIT/a.json", "a/.git"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_a_copy_stays_in_the_repository(path: str) -> None:
    found = run("schema", "--write", path)
    assert (found.returncode, found.stderr) == (2, f"error: cannot write {path}: it is no path inside the repository\n")


@pytest.mark.usefixtures("repository")
def test_a_modeline_that_names_this_pipegens_copy_is_right() -> None:
    assert run("schema", "--write").returncode == 0
    _name(NAMED)
    assert (found := run("lint")).returncode == 0, found.stdout


@pytest.mark.parametrize(
    "address",
    [
        "../schema/deploy.schema.json",
        "/etc/deploy.schema.json",
        "https://example.org/deploy.schema.json",
        f"https://example.org/v{__version__}/deploy.schema.json",
        "mine.json",
    ],
)
@pytest.mark.usefixtures("repository")
def test_nothing_is_said_of_what_is_not_known(address: str) -> None:
    Path("mine.json").write_text("{}")
    _name(f"# yaml-language-server: $schema={address}\n")
    assert (found := run("lint")).returncode == 0, found.stdout


@pytest.mark.usefixtures("repository")
def test_a_missing_copy_is_told_of() -> None:
    _name(f"\ufeff# A comment\r\n\r\n{NAMED}")
    found = run("lint", "--format", "concise")
    said = "deploy.yaml:3:33: warning[schema-of-another] PG306: editors find no schema there "
    advice = "(run `pipegen schema --write deploy.schema.json` and commit what it writes)\n"
    assert (found.returncode, found.stdout) == (1, said + advice)


@pytest.mark.usefixtures("repository")
def test_a_copy_of_another_pipegen_is_told_of_also_where_nothing_else_has_changed_and_renewed() -> None:
    assert run("schema", "--write").returncode == 0
    _name(NAMED)
    assert [run("lint").returncode for _ in range(2)] == [0, 0]  # the second from the record
    COPY.write_text(_old(schema_text()))
    found = run("lint")
    assert found.returncode == 1
    assert f"editors read a schema that another pipegen wrote than this one, {__version__}" in found.stdout
    assert "`pipegen lint --fix` mends it." in found.stdout
    shown = run("lint", "--diff")
    assert "--- deploy.schema.json\n+++ deploy.schema.json\n" in shown.stdout
    assert COPY.read_text() == _old(schema_text())
    mended = run("lint", "--fix")
    assert mended.returncode == 0, mended.stdout
    assert mended.stderr == "deploy.schema.json: schema-of-another: write that of this pipegen\n"
    assert COPY.read_text() == schema_text()


@pytest.mark.usefixtures("repository")
def test_a_copy_that_was_edited_since_is_not_renewed() -> None:
    _name(NAMED)
    edited = _old(schema_text()).replace('"maxLength": 500', '"maxLength": 501', 1)
    COPY.write_text(edited)
    found = run("lint", "--fix")
    assert found.returncode == 1
    reason = "what stands there was not written by pipegen, or has been edited"
    assert found.stderr == f"deploy.schema.json: schema-of-another: left as it is: {reason}\n"
    assert COPY.read_text() == edited


@pytest.mark.parametrize(("newline", "version"), [("\n", "0.0.1"), ("\r\n", "0.0.1"), ("\n", "0.0.1.dev3")])
@pytest.mark.usefixtures("repository")
def test_an_address_of_another_version_is_mended(newline: str, version: str) -> None:
    pinned = "# yaml-language-server: $schema=https://example.org/pipegen/v{}/deploy.schema.json  # pinned"
    _name("")
    manifest = Path("deploy.yaml")
    rest = manifest.read_text().replace("\n", newline)
    manifest.write_bytes((pinned.format(version) + newline + rest).encode())
    found = run("lint")
    assert found.returncode == 1
    assert f"editors read the schema of pipegen {version}\n" in found.stdout
    assert run("lint", "--fix").returncode == 0
    assert manifest.read_bytes().decode() == pinned.format(__version__) + newline + rest


@pytest.mark.usefixtures("repository")
def test_only_what_stands_above_the_first_key_is_a_modeline() -> None:
    manifest = Path("deploy.yaml")
    manifest.write_text(manifest.read_text() + NAMED)
    assert run("lint").returncode == 0


def test_the_published_schema_is_a_schema_that_tells_who_wrote_it() -> None:
    published = json.loads((PROJECT / "schema/deploy.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(published)
    assert copied_by((PROJECT / "schema/deploy.schema.json").read_text()) == __version__
    assert copied_by(json.dumps(published)) == __version__, "however it is laid out"
