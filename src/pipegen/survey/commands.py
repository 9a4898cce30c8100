"""Which commands make a repository ready and test it, by the names that people give them; none of them is run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pipegen.frozen import Frozen
from pipegen.survey.repository import Repository, said

_TARGETS = re.compile(r"^([A-Za-z0-9][\w. /-]*?)\s*::?(?![=:])")
_INCLUDE = re.compile(r"^-?s?include\s+([\w./ -]+)$")
_SUITES = {
    "lint": ("lint", "linting", "lint-check"),
    "unit": ("test-unit", "unit", "unit-test", "unit-tests"),
    "integration": ("test-integration", "integration", "integration-test", "integration-tests"),
    "acceptance": ("test-acceptance", "acceptance", "acceptance-test", "acceptance-tests", "test-e2e", "e2e"),
}
_FURTHER = re.compile(r"test[-:]([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
_NO_SUITE = re.compile(r"^(all|ci|clean|debug|deps|report|setup)$|coverage|watch|^(unit|integration|acceptance|e2e)-")
_SETUP = ("init", "setup", "install", "dependencies", "deps")
_MAKEFILES = 20
"""How many files make up a Makefile at most; nobody has so many, and a repository could lie."""
_JUNIT = re.compile(r"--junit-?xml[= ]([^\s\"']+)")


class Commands(Frozen):
    """The commands of a folder, run in it."""

    setup: tuple[str, ...]
    suites: dict[str, str]
    junit: tuple[str, ...]
    """Where the suites write their JUnit reports, from the root of the repository."""


def commands(repository: Repository, folder: str) -> Commands:
    """What a Makefile, a package.json and a pyproject.toml offer, in this order."""
    makefile = "\n".join(_makefiles(repository, folder))
    targets = [target for line in makefile.splitlines() if (rule := _TARGETS.match(line)) for target in rule[1].split()]
    scripts = said(repository.table(posixpath.join(folder, "package.json")), "scripts")
    scripts = [name for name in scripts if re.fullmatch(r"[\w:-]+", name)] if isinstance(scripts, dict) else []
    offered = {target: f"make {target}" for target in targets}
    offered |= {script.replace(":", "-"): f"npm run {script}" for script in scripts if script not in offered}
    suites = _suites(offered)
    for suite, command in _of_python(repository, folder).items():
        suites.setdefault(suite, command)
    if "test" in offered:  # which may be all of them together
        suites.setdefault("unit", offered["test"])
    order = [*(suite for suite in _SUITES if suite in suites), *(suite for suite in suites if suite not in _SUITES)]
    setup = next(((f"make {target}",) for target in _SETUP if target in targets), _setup(repository, folder))
    return Commands(setup, {suite: suites[suite] for suite in order}, _reports(makefile, folder))


def _suites(offered: dict[str, str]) -> dict[str, str]:
    found = {}
    for suite, names in _SUITES.items():
        if name := next((name for name in names if name in offered), None):
            found[suite] = offered[name]
    known = {name for names in _SUITES.values() for name in names}
    for name, command in offered.items():
        further = _FURTHER.fullmatch(name)
        if further and name not in known and not _NO_SUITE.search(further[1]):
            found[further[1]] = command
    return found


def _of_python(repository: Repository, folder: str) -> dict[str, str]:
    """The suites of pytest, by the usual folders, and the linter that is configured."""
    tools = said(repository.table(posixpath.join(folder, "pyproject.toml")), "tool") or {}
    found = {}
    if "ruff" in tools:
        found["lint"] = "python -m ruff check ."
    elif ".flake8" in repository.files(folder):
        found["lint"] = "python -m flake8"
    tests = repository.folders(posixpath.join(folder, "tests"))
    found |= {suite: f"python -m pytest tests/{suite}" for suite in _SUITES if suite in tests}
    if "pytest" in tools:
        found.setdefault("unit", "python -m pytest")
    return found


def _setup(repository: Repository, folder: str) -> tuple[str, ...]:
    """What installs the dependencies, where no target of make does."""
    files = repository.files(folder)
    requirements = [name for name in files if re.fullmatch(r"(dev-|test-)?requirements([-_.](dev|test))?\.txt", name)]
    found = [f"python -m pip install --requirement {name}" for name in requirements]
    if not found and said(repository.table(posixpath.join(folder, "pyproject.toml")), "project"):
        found.append("python -m pip install .")
    if "package-lock.json" in files:
        found.append("npm ci")
    elif "yarn.lock" in files:
        found.append("yarn install --frozen-lockfile")
    return tuple(found)


def _makefiles(repository: Repository, folder: str) -> Iterator[str]:
    """The lines of a Makefile and of those that it includes, each once; make looks for them from where it is run."""
    known = ("GNUmakefile", "makefile", "Makefile")  # as make looks for it
    wanted = [next((name for name in known if name in repository.files(folder)), "Makefile")]
    for name in wanted:  # which grows meanwhile
        for line in repository.text(posixpath.join(folder, name)).replace("\\\n", " ").splitlines():
            yield line
            if included := _INCLUDE.match(line):
                others = map(posixpath.normpath, included[1].split())
                wanted += [other for other in dict.fromkeys(others) if other not in wanted][: _MAKEFILES - len(wanted)]


def _reports(makefile: str, folder: str) -> tuple[str, ...]:
    """The folders that JUnit reports are written to, as patterns."""
    folders = {posixpath.dirname(path) for path in _JUNIT.findall(makefile)}
    known = sorted(found for found in folders if found and "$" not in found)
    return tuple(posixpath.normpath(posixpath.join(folder, found, "*.xml")) for found in known)
