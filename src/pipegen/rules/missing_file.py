"""PG205."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pipegen.diagnostics import Finding, Place, Rule, quoted
from pipegen.files import Files
from pipegen.frozen import stated
from pipegen.manifest.test import Test
from pipegen.pipeline import Component
from pipegen.route import Route
from pipegen.rules.subject import Subject


class MissingFile(Rule):
    """The manifest names a file or folder that the repository does not hold.

    The job would fail at the step that needs it. It would fail as well with a folder where a file is wanted, or a
    file where a folder is. A path that leads out of the repository through a symbolic link counts as missing.

    An application is built from `Dockerfile` unless `image` names another. What a command of the manifest may make is
    not looked for: the context of an image with `before`, the source of files with `build`, the source of a package
    that is zipped after its `build`, and the zip that `build` writes.

    Bad:

    ```yaml
    test:
      python-version-file: no-such-file
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Good:

    ```yaml
    test:
      python: "3.12"
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Fix: correct the path, which is relative to the root of the repository, or commit the file.
    """

    code = "PG205"
    name = "missing-file"


RULES: tuple[type[Rule], ...] = (MissingFile,)


def check(subject: Subject) -> Iterator[Finding]:
    """Each path that must exist before anything has run; reports and artefacts come later."""
    for route, path, kind in _named(subject):
        if problem := _problem(subject.files, path, kind):
            remedy = "correct the path, which is relative to the root of the repository, or commit the file"
            yield Finding(MissingFile, Place(route), problem, remedy=remedy)


class _Kind(StrEnum):
    """What must stand at a path."""

    FILE = "file"
    FOLDER = "folder"


def _problem(files: Files, path: str, kind: _Kind) -> str | None:
    found = _Kind.FILE if files.holds_file(path) else _Kind.FOLDER if files.holds_folder(path) else None
    if found is None:
        return f"the repository does not hold {quoted(path, 200)}"
    return f"{quoted(path, 200)} is a {found}, not a {kind}" if found is not kind else None


def _named(subject: Subject) -> Iterator[tuple[Route, str, _Kind]]:
    for route, test in subject.tests():
        for inner, path, kind in _named_by_test(test):
            yield (*route, *inner), path, kind
    parts = {part.id: part for part in subject.parts()}
    for component in subject.pipeline.components:
        part = parts[component.id]
        image_is_stated = part.image is not None and bool(stated(part.image))
        for inner, path, kind in _named_by_component(component, image_is_stated):
            yield (*part.route, *inner), path, kind


def _named_by_test(test: Test) -> Iterator[tuple[Route, str, _Kind]]:
    if test.python_version_file:
        yield ("python-version-file",), test.python_version_file, _Kind.FILE
    if test.compose:
        yield ("compose", "file"), test.compose.file, _Kind.FILE
    if test.working_directory:
        yield ("working-directory",), test.working_directory, _Kind.FOLDER
    for name, suite in test.suites.items():
        if suite.working_directory:
            yield ("suites", name, "working-directory"), suite.working_directory, _Kind.FOLDER


def _named_by_component(component: Component, image_is_stated: bool) -> Iterator[tuple[Route, str, _Kind]]:
    """What is there before any command has run; a Dockerfile is, because a review should see what is built."""
    if component.image:
        yield ("image", "dockerfile") if image_is_stated else ("kind",), component.image.dockerfile, _Kind.FILE
        if not component.image.before:
            yield ("image", "context"), component.image.context, _Kind.FOLDER
    for package in component.packages:
        route = ("lambda", "packages", package.id)
        if package.output or not package.build:
            yield (*route, "source"), package.source, _Kind.FOLDER
        if package.output and not package.build:
            yield (*route, "output"), package.output, _Kind.FILE
    for index, fileset in enumerate(component.files):
        if not fileset.build:
            yield ("files", index, "source"), fileset.source, _Kind.FOLDER
