"""The repository on GitHub: its branch, its tags and its releases."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from act.repositories import commit_all, git


@dataclass(frozen=True)
class Release:
    title: str
    assets: Mapping[str, bytes]


class Remote:
    """A bare repository and the releases beside it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "repository.git"
        self.releases_folder = folder / "releases"
        self.index = folder / "index"

    @property
    def head(self) -> str:
        """The commit of its branch main."""
        return git(self.path, "rev-parse", "refs/heads/main")

    def tag(self, name: str, commit: str = "refs/heads/main") -> None:
        git(self.path, "tag", name, commit)

    def tags(self) -> dict[str, str]:
        """By name, their commits."""
        names = git(self.path, "tag", "--list").split()
        return {name: git(self.path, "rev-parse", f"{name}^{{commit}}") for name in names}

    def releases(self) -> dict[str, Release]:
        """By tag."""
        return {folder.name: _release(folder) for folder in sorted(self.releases_folder.iterdir())}

    def packages(self) -> dict[str, bytes]:
        """By file name, what was published to the package index."""
        return {path.name: path.read_bytes() for path in sorted(self.index.iterdir())}


def _release(folder: Path) -> Release:
    said = json.loads((folder / "release.json").read_text())
    assets = {path.name: path.read_bytes() for path in sorted((folder / "assets").iterdir())}
    return Release(said["name"], assets)


@contextmanager
def git_remote(repo: Path, tags: Sequence[str] = ()) -> Iterator[Remote]:
    """The directory's files as the last commit of main, after one commit for each of these tags."""
    with tempfile.TemporaryDirectory(prefix="remote") as name:
        remote, copy = Remote(Path(name)), Path(name, "copy")
        remote.releases_folder.mkdir()
        remote.index.mkdir()
        copy.mkdir()
        git(copy, "init", "--quiet", "--initial-branch=main")
        for tag in tags:
            git(copy, "commit", "--quiet", "--allow-empty", f"--message={tag}")
            git(copy, "tag", tag)
        shutil.copytree(repo, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"), dirs_exist_ok=True)
        commit_all(copy)
        git(copy, "clone", "--quiet", "--bare", str(copy), str(remote.path))
        shutil.rmtree(copy)
        yield remote
