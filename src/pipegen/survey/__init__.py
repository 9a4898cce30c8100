"""What a repository shows of itself to somebody who only reads it, for `pipegen init`."""

from __future__ import annotations

import re
from pathlib import Path

from pipegen.frozen import Frozen
from pipegen.survey import github
from pipegen.survey.commands import Commands, commands
from pipegen.survey.languages import Languages, languages
from pipegen.survey.published import Image, Package, has_dags, has_web_process, images, is_package, packages
from pipegen.survey.repository import Repository, said

__all__ = ["Commands", "Image", "Languages", "Package", "Part", "Survey", "hyphenated", "survey"]


class Part(Frozen):
    """The whole repository, or one of several components in folders of their own."""

    folder: str
    folders: tuple[str, ...]
    """Its own folder, and those that it shares with others."""
    kind: str
    """A guess, or empty."""
    why: str
    """What the guess is taken from."""
    image: Image | None
    packages: tuple[Package, ...]
    dags: bool
    languages: Languages
    commands: Commands


class Survey(Frozen):
    """What was found; a text is empty where nothing tells it."""

    name: str
    description: str
    repository: str
    branch: str
    parts: tuple[Part, ...]


def survey(root: Path) -> Survey:
    """Look at the repository that stands at a root."""
    repository = Repository(root)
    found = images(repository)
    folders = list(found) if len(found) > 1 else ["."]
    where = github.name(repository)
    project, package = repository.table("pyproject.toml"), repository.table("package.json")
    named = where.rpartition("/")[2] or said(project, "project", "name") or said(package, "name") or ""
    described = said(project, "project", "description") or said(package, "description") or ""
    alone = next(iter(found.values()), None)
    return Survey(
        hyphenated(str(named)),
        str(described).strip(),
        where,
        github.default_branch(repository),
        tuple(_part(repository, folder, found.get(folder, alone)) for folder in folders),
    )


def _part(repository: Repository, folder: str, image: Image | None) -> Part:
    functions = packages(repository) if image is None else ()
    dags = image is None and has_dags(repository)
    dockerfile = repository.text(image.dockerfile) if image else ""
    used = languages(repository, [".", folder, *(one.source for one in functions)], dockerfile)
    kind, why = _kind(repository, image, used)
    if not kind and (dags or functions):
        kind, why = "data-task", "it has DAGs" if dags else "it has functions"
    shared = [name for name in (image.copies if image else ()) if name in repository.folders()]
    folders = tuple(dict.fromkeys([folder, *shared]))
    return Part(folder, folders, kind, why, image, functions, dags, used, commands(repository, folder))


def _kind(repository: Repository, image: Image | None, used: Languages) -> tuple[str, str]:
    if has_web_process(repository):
        return "application", "its Procfile has a website"
    if image and image.serves:
        return "application", image.serves
    if is_package(repository) and (not image or len(used.python or ()) > 1):
        return "library", "it is built as a package"
    return ("data-task", "its Dockerfile exposes no port") if image else ("", "")


def hyphenated(name: str) -> str:
    """A name in lower case, with hyphens between what letters and digits it has."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
