"""Repositories that a run takes the code from."""

import os
import shutil
import subprocess
from pathlib import Path

# Neither the user's settings nor, should a hook have started the tests, the variables that name another repository.
_GIT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
}


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com", *arguments]
    return subprocess.run(command, cwd=folder, env=_GIT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def commit_all(folder: Path) -> str:
    """The commit of everything that is in a repository's directory and not ignored."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=All")
    return git(folder, "rev-parse", "HEAD")


def copied(source: Path, target: Path) -> str:
    """Make the target a repository with the directory's files, and say its commit."""
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    git(target, "init", "--quiet", "--initial-branch=main")
    return commit_all(target)


def cloned(remote: Path, target: Path) -> str:
    """Make the target a clone of the bare repository's branch main, and say its commit."""
    git(remote, "clone", "--quiet", "--branch=main", str(remote), str(target))
    return git(target, "rev-parse", "HEAD")
