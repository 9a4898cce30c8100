"""The hooks that other repositories install: by real pre-commit and real prek, from a repository, as a user would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cases import PROJECT

BIN = Path(sys.executable).parent
WORKFLOW = ".github/workflows/test.yml"
SHIPPED = ("pyproject.toml", "README.md", ".pre-commit-hooks.yaml", "src")


class Repository:
    """A repository of a user, whose commits a runner guards."""

    def __init__(self, folder: Path, runner: str, homes: Path) -> None:
        self.folder = folder
        self.runner = runner
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "CI", "PRE_COMMIT"))}
        self.environment = bare | {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(homes / "pre-commit"),
            "PREK_HOME": str(homes / "prek"),
            "XDG_CACHE_HOME": str(homes / "caches"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{f"GIT_{who}_{what}": "test@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def must(self, *command: str) -> str:
        done = self.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Commit everything, if the hooks let it through."""
        self.must("git", "add", "--all")
        return self.run("git", "commit", "--allow-empty", "-m", "A change")

    def hook(self, *ids: str) -> None:
        """Choose the hooks that guard commits, and commit that choice past them."""
        source = self.folder.parent / "hooks"
        hooks = "".join(f"      - id: {id}\n" for id in ids)
        revision = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=source, text=True).strip()
        config = f"repos:\n  - repo: file://{source}\n    rev: {revision}\n    hooks:\n{hooks}"
        (self.folder / ".pre-commit-config.yaml").write_text(config)
        self.must("git", "add", "--all")
        self.must("git", "commit", "--no-verify", "--allow-empty", "-m", "Hooks")


@pytest.fixture(scope="module", params=["prek", pytest.param("pre-commit", marks=pytest.mark.slow)])
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A compiled repository with the runner's own hook in place, and pipegen installed by the runner."""
    base = tmp_path_factory.mktemp(request.param)
    source = base / "hooks"
    source.mkdir()
    for name in SHIPPED:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        copy(PROJECT / name, source / name)
    shutil.copytree(PROJECT / "examples/library", base / "user")
    repository = Repository(base / "user", request.param, base / "homes")
    for folder in (source, base / "user"):
        for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "All"]):
            subprocess.run(["git", *command], cwd=folder, env=repository.environment, check=True)
    repository.hook("pipegen-lint")
    repository.must(request.param, "install")
    done = repository.run(request.param, "install-hooks")
    if done.returncode and repository.run("pip", "download", "--no-deps", "--dest", str(base), "PyYAML").returncode:
        pytest.skip("no package index can be reached to install pipegen from")
    assert done.returncode == 0, done.stdout + done.stderr
    return repository


@pytest.fixture
def guarded(installed: Repository) -> Iterator[Repository]:
    """The repository, which is put back afterwards."""
    head = installed.must("git", "rev-parse", "HEAD").strip()
    yield installed
    installed.must("git", "reset", "--quiet", "--hard", head)
    installed.must("git", "clean", "--quiet", "-d", "--force")


def test_what_is_compiled_can_be_committed(guarded: Repository) -> None:
    (guarded.folder / "new.py").write_text("")
    assert guarded.commit().returncode == 0


def test_a_bad_manifest_cannot_be_committed(guarded: Repository) -> None:
    manifest = guarded.folder / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("suites:", "suits:"))
    done = guarded.commit()
    assert done.returncode == 1
    assert "error[unknown-key] PG102: `suits` is not a key of `test`" in done.stdout + done.stderr


def test_a_stale_output_cannot_be_committed(guarded: Repository) -> None:
    manifest = guarded.folder / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("make lint", "make lint-all"))
    done = guarded.commit()
    assert done.returncode == 1
    assert "error[stale-output]" in done.stdout + done.stderr


def test_an_output_cannot_be_deleted(guarded: Repository) -> None:
    """Runners tell hooks of no deleted file, so one that asked for files would not run at all."""
    (guarded.folder / WORKFLOW).unlink()
    done = guarded.commit()
    assert done.returncode == 1
    assert "error[missing-output]" in done.stdout + done.stderr


def test_compiling_stops_a_commit_until_what_it_wrote_is_added(guarded: Repository) -> None:
    guarded.hook("pipegen-compile", "pipegen-lint")
    manifest = guarded.folder / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace("make lint", "make lint-all"))
    stopped = guarded.commit()
    assert stopped.returncode == 1
    assert "files were modified by this hook" in (stopped.stdout + stopped.stderr).lower()
    assert "make lint-all" in (guarded.folder / WORKFLOW).read_text()
    assert guarded.commit().returncode == 0


def test_an_unchanged_repository_is_answered_before_anything_is_loaded(guarded: Repository) -> None:
    """What the runner has installed is asked which modules it loads, once a commit has been let through."""
    assert guarded.commit().returncode == 0
    (script,) = (guarded.folder.parent / "homes" / guarded.runner).rglob("bin/pipegen")
    done = guarded.run(str(script.with_name("python")), "-X", "importtime", str(script), "lint")
    assert done.returncode == 0
    assert "pipegen.unchanged" in done.stderr
    assert "pipegen.program" not in done.stderr


def test_hooks_run_always_once_and_without_names_of_files() -> None:
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["entry"] for hook in hooks] == ["pipegen lint", "pipegen compile"]
    for hook in hooks:
        assert (hook["pass_filenames"], hook["always_run"], hook["require_serial"]) == (False, True, True)
        assert hook["minimum_pre_commit_version"]


def test_the_readme_shows_hooks_that_there_are() -> None:
    readme, changes = ((PROJECT / page).read_text() for page in ("README.md", "CHANGELOG.md"))
    (block,) = re.findall(r"^```yml\n(repos:.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    (shown,) = yaml.safe_load(block)["repos"]
    offered = {hook["id"] for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text())}
    assert set(re.findall(r"pipegen-\w+", block)) == offered
    assert f"git clone {shown['repo']}\n" in readme
    without_hooks = re.findall(r"^## \[([0-9].*)\]", changes.partition("- Hooks for pre-commit")[2], re.MULTILINE)
    assert "0.1.0" in without_hooks
    assert shown["rev"].removeprefix("v") not in without_hooks
