"""Compiled Release workflows, really executed on a bare repository: the right tag on the right commit, or none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from act import Run
from act.events import dispatch
from act.rights import Outputs
from publishing import Remote, git_remote, publish, repository, wheelhouse
from publishing.needs import needs

LIBRARY = """\
version: 1
kind: library
name: points
repository: acme/widget
test:
  python: "3.12"
  suites: {unit: "true"}
  waivers: {lint: none, integration: none, acceptance: none}
"""
PYTHON = LIBRARY + "release: {package: {python: true}}\n"
NPM = LIBRARY + "release: {package: {npm: true}}\n"
TESTED: Outputs = {"test-suites": {}}


def _release(
    repo: Path,
    remote: Remote,
    bump: str = "patch",
    *,
    left_out: Outputs = TESTED,
    attempt: int = 1,
    tampering: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Run:
    return publish(
        repo,
        "release",
        dispatch(bump=bump),
        remote=remote,
        left_out=left_out,
        attempt=attempt,
        tampering=tampering,
        environment=environment,
    )


@pytest.mark.parametrize(
    ("tags", "bump", "tag"),
    [
        pytest.param([], "patch", "v0.0.1", id="the first version"),
        pytest.param(["v1.2.3"], "patch", "v1.2.4", id="patch"),
        pytest.param(["v0.0.07"], "patch", "v0.0.1", id="a leading zero is of no version"),
        pytest.param(["v1.2.3"], "minor", "v1.3.0", id="minor"),
        pytest.param(["v1.2.3"], "major", "v2.0.0", id="major"),
        pytest.param(
            ["v1.10.0", "v1.9.0", "v2.0.0-rc.1", "v3", "nightly", "other-v9.0.0"],
            "minor",
            "v1.11.0",
            id="the highest, and no tag that is no version",
        ),
    ],
)
def test_CI_12_the_next_version_is_a_tag_of_this_commit(
    tmp_path: Path, tags: Sequence[str], bump: str, tag: str
) -> None:
    repo = repository(tmp_path, LIBRARY, {})
    with git_remote(repo, tags) as remote:
        before = remote.tags()
        run = _release(repo, remote, bump)
        assert run.jobs == dict.fromkeys(("version", "test-suites", "release"), "success"), run.log
        assert remote.tags() == {**before, tag: remote.head}
        assert {name: release.title for name, release in remote.releases().items()} == {tag: tag}
    assert f"Released [{tag}](https://github.com/acme/widget/releases/tag/{tag})." in run.summaries["release"]


def test_a_tag_alone_where_no_release_is_wanted(tmp_path: Path) -> None:
    manifest = LIBRARY + 'release: {tag: "points-{version}", github-release: false}\n'
    repo = repository(tmp_path, manifest, {})
    with git_remote(repo, ["points-1.0.0", "v7.0.0"]) as remote:
        assert _release(repo, remote).jobs["release"] == "success"
        assert remote.tags()["points-1.0.1"] == remote.head
        assert remote.releases() == {}


@pytest.mark.parametrize("branch", ["topic", "Main"])
def test_another_branch_releases_nothing(tmp_path: Path, branch: str) -> None:
    repo = repository(tmp_path, LIBRARY, {})
    with git_remote(repo) as remote:
        run = publish(repo, "release", dispatch(f"refs/heads/{branch}", bump="patch"), remote=remote)
        assert remote.tags() == {}
    assert run.jobs == {"version": "failure"}
    said = f"Releases are made from refs/heads/main only, and this run is on refs/heads/{branch}."
    assert f"::error title=Nothing was released::{said}" in run.log


def test_a_commit_is_released_once(tmp_path: Path) -> None:
    repo = repository(tmp_path, LIBRARY, {})
    with git_remote(repo) as remote:
        remote.tag("v1.0.0")
        run = _release(repo, remote)
        assert remote.tags() == {"v1.0.0": remote.head}
    assert run.jobs == {"version": "failure"}
    assert "::error title=Nothing was released::This commit is released already, as v1.0.0." in run.log


def test_a_failing_test_releases_nothing(tmp_path: Path) -> None:
    repo = repository(tmp_path, LIBRARY.replace('"true"', '"false"'), {})
    with git_remote(repo) as remote:
        run = _release(repo, remote, left_out={})
        assert remote.tags() == {}
    assert run.jobs == {"version": "success", "test-suites": "failure"}


def test_a_tag_of_another_commit_is_never_moved(tmp_path: Path) -> None:
    repo = repository(tmp_path, LIBRARY, {})
    with git_remote(repo, ["v0.0.1"]) as remote:
        before = remote.tags()
        chosen_too_early = {"version": {"tag": "v0.0.1", "version": "0.0.1"}, **TESTED}
        run = _release(repo, remote, left_out=chosen_too_early)
        assert run.jobs["release"] == "failure"
        assert "Reference already exists" in run.log
        assert remote.tags() == before
        assert remote.releases() == {}


def test_a_second_attempt_finishes_what_the_first_one_began(tmp_path: Path) -> None:
    repo = repository(tmp_path, LIBRARY, {})
    with git_remote(repo) as remote:
        remote.releases_folder.rmdir()
        remote.releases_folder.touch()
        first = _release(repo, remote)
        assert first.jobs["release"] == "failure"
        assert remote.tags() == {"v0.0.1": remote.head}
        remote.releases_folder.unlink()
        remote.releases_folder.mkdir()
        kept = {"version": {"tag": "v0.0.1", "version": "0.0.1"}, **TESTED}
        for attempt in (2, 3):
            again = _release(repo, remote, left_out=kept, attempt=attempt)
            assert again.jobs["release"] == "success", again.log
            assert remote.tags() == {"v0.0.1": remote.head}
            assert remote.releases().keys() == {"v0.0.1"}


PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "points"
requires-python = ">=3.8"
{version}

[tool.hatch.version]
source = "env"
variable = "SETUPTOOLS_SCM_PRETEND_VERSION"
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return wheelhouse(tmp_path_factory.mktemp("wheels"), "build", "hatchling")


def test_a_python_package_is_released_as_it_was_built(tmp_path: Path, packages: Mapping[str, str]) -> None:
    files = {"pyproject.toml": PYPROJECT.format(version='dynamic = ["version"]'), "points/__init__.py": ""}
    repo = repository(tmp_path, PYTHON, files)
    with git_remote(repo, ["v1.0.0"]) as remote:
        uploaded_before = remote.index / "points-1.0.1.tar.gz"
        uploaded_before.write_bytes(b"by an attempt that then failed")
        run = _release(repo, remote, environment=packages)
        jobs = ("version", "test-suites", "build", "release", "publish-python")
        assert run.jobs == dict.fromkeys(jobs, "success"), run.log
        assets = remote.releases()["v1.0.1"].assets
        assert assets.keys() == {"points-1.0.1-py3-none-any.whl", "points-1.0.1.tar.gz"}
        assert remote.packages() == {**assets, uploaded_before.name: b"by an attempt that then failed"}
        assert remote.tags()["v1.0.1"] == remote.head


def test_a_python_package_of_another_version_is_refused(tmp_path: Path, packages: Mapping[str, str]) -> None:
    files = {"pyproject.toml": PYPROJECT.format(version='version = "9.9.9"'), "points/__init__.py": ""}
    repo = repository(tmp_path, PYTHON, files)
    with git_remote(repo) as remote:
        run = _release(repo, remote, environment=packages)
        assert (remote.tags(), remote.releases(), remote.packages()) == ({}, {}, {})
    assert run.jobs == {"version": "success", "test-suites": "success", "build": "failure"}
    assert "The package was built as points-9.9.9" in run.log


@pytest.mark.parametrize(("stated", "result"), [("0.0.1", "success"), ("9.9.9", "failure")])
def test_an_npm_package_says_its_version_itself(tmp_path: Path, stated: str, result: str) -> None:
    needs("node", "npm")
    repo = repository(tmp_path, NPM, {"package.json": json.dumps({"name": "points", "version": stated})})
    with git_remote(repo) as remote:
        run = _release(repo, remote, left_out={**TESTED, "publish-npm": {}})
        assert run.jobs["build"] == result, run.log
        assets = {name: set(release.assets) for name, release in remote.releases().items()}
    assert assets == ({"v0.0.1": {"points-0.0.1.tgz"}} if result == "success" else {})
    assert ("package.json says 9.9.9, but the release is 0.0.1." in run.log) == (result == "failure")


def test_packages_that_were_changed_on_their_way_are_not_released(tmp_path: Path) -> None:
    needs("node", "npm")
    repo = repository(tmp_path, NPM, {"package.json": json.dumps({"name": "points", "version": "0.0.1"})})
    with git_remote(repo) as remote:
        run = _release(repo, remote, tampering={"published_npm": "printf x >> npm.tar"})
        assert remote.tags() == {}
    assert run.jobs["release"] == "failure"
    assert "::error title=Nothing was published::The build made sha256:" in run.log
