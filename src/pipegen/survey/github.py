"""Where a repository is on GitHub, as its own `.git` tells: https://git-scm.com/docs/gitrepository-layout."""

from __future__ import annotations

import re

from pipegen.survey.repository import Repository

_SECTION = re.compile(r'^\s*\[\s*(\w+)(?:\s+"([^"]*)")?\s*\]')
_URL = re.compile(r"^\s*url\s*=\s*(\S+)")
# What stands before the host may be a credential, so only what follows is looked at.
_ON_GITHUB = re.compile(r"(?:^|[@/])github\.com(?::\d+)?[:/]([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+?)(?:\.git)?/?$")
_BRANCH = re.compile(r"ref: refs/remotes/origin/([A-Za-z0-9_./-]+)\s*")


def name(repository: Repository) -> str:
    """OWNER/NAME of the remote `origin`, or of the only remote; empty where that is not on GitHub."""
    found = {remote: match for remote, url in _remotes(repository).items() if (match := _ON_GITHUB.search(url))}
    chosen = found.get("origin") or (next(iter(found.values())) if len(found) == 1 else None)
    return f"{chosen[1]}/{chosen[2]}" if chosen else ""


def default_branch(repository: Repository) -> str:
    """The branch that a clone begins with; empty where the repository does not tell."""
    if told := _BRANCH.fullmatch(repository.text(".git/refs/remotes/origin/HEAD")):
        return told[1]
    known = repository.files(".git/refs/heads")
    known += re.findall(r" refs/heads/(\S+)$", repository.text(".git/packed-refs"), re.MULTILINE)
    likely = {branch for branch in known if branch in ("main", "master")}
    return likely.pop() if len(likely) == 1 else ""


def _remotes(repository: Repository) -> dict[str, str]:
    """The address of each remote."""
    found: dict[str, str] = {}
    remote = None
    for line in repository.text(".git/config").splitlines():
        if section := _SECTION.match(line):
            remote = section[2] if section[1] == "remote" else None
        elif remote is not None and (url := _URL.match(line)):
            found.setdefault(remote, url[1])
    return found
