"""The versions of Python and Node that a repository is written for."""

from __future__ import annotations

import posixpath
import re

from pipegen.frozen import Frozen
from pipegen.survey.repository import Repository, said

_PYTHON = ("pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "requirements.txt", "requirements-dev.txt")
_VERSION = re.compile(r"(3\.\d{1,2})(?:\.\d{1,2})?")
_CLASSIFIER = re.compile(r"Programming Language :: Python :: (3\.\d{1,2})")


class Languages(Frozen):
    """The versions, each empty where the language is used and its version is not told, None where it is not used."""

    python: tuple[str, ...] | None
    python_version_file: str
    node: str | None


def languages(repository: Repository, folders: list[str], dockerfile: str) -> Languages:
    """What the files of some folders say, the last before the first, and the image that the Dockerfile builds on."""
    files = {name: posixpath.normpath(posixpath.join(at, name)) for at in folders for name in repository.files(at)}
    version_file = files.get(".python-version", "")
    if not _VERSION.fullmatch(repository.text(version_file).strip()):
        version_file = ""
    from_image = dict(re.findall(r"^FROM\s+(?:\S+/)?(python|node):(\d+(?:\.\d+)?)", dockerfile, re.MULTILINE))
    python = None
    if any(name in files for name in _PYTHON) or "python" in from_image:
        python = () if version_file else _python(repository, files, from_image.get("python", ""))
    node = None
    if "package.json" in files or "node" in from_image:
        node = _node(repository, files) or from_image.get("node", "").partition(".")[0]
    return Languages(python, version_file, node)


def _python(repository: Repository, files: dict[str, str], from_image: str) -> tuple[str, ...]:
    project = repository.table(files.get("pyproject.toml", ""))
    told = repository.text(files.get("setup.py", "")) + repository.text(files.get("setup.cfg", ""))
    classifiers = said(project, "project", "classifiers")
    listed = [str(one) for one in classifiers] if isinstance(classifiers, list) else []
    if versions := _CLASSIFIER.findall("\n".join(listed) + told):
        return tuple(sorted(dict.fromkeys(versions), key=lambda version: int(version[2:])))
    if from_image.startswith("3."):
        return (from_image,)
    poetry = said(project, "tool", "poetry", "dependencies", "python")
    quoted = re.search(r"python_requires\s*=\s*[\"']?([^\"'\n]+)", told)
    required = said(project, "project", "requires-python") or poetry or (quoted[1] if quoted else "")
    if lowest := re.search(r"(?:>=|~=|\^|==|^)\s*(3\.\d{1,2})", str(required)):
        return (lowest[1],)
    linted = re.fullmatch(r"py3(\d{1,2})", str(said(project, "tool", "ruff", "target-version")))
    return (f"3.{linted[1]}",) if linted else ()


def _node(repository: Repository, files: dict[str, str]) -> str:
    for name in (".nvmrc", ".node-version"):
        if stated := re.fullmatch(r"v?(\d{1,3})(\.\d{1,3}){0,2}\s*", repository.text(files.get(name, ""))):
            return stated[1]
    engines = said(repository.table(files.get("package.json", "")), "engines", "node")
    lowest = re.search(r"(\d{1,3})", str(engines or ""))
    return lowest[1] if lowest else ""
