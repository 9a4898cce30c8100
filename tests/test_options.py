"""The command lines that are read without typer: typer reads them alike."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases import PROJECT
from pipegen import cli, options
from pipegen.formats import Format

GROUP: Any = typer.main.get_command(cli.app)
WORDS = [
    *("lint", "compile", "schema", "-C", "-Cexamples", "--directory", "--directory=examples", "--directory=", "docs"),
    *(
        "nowhere",
        "README.md",
        "--format",
        "--format=json",
        "--format=",
        "--format=JSON",
        "json",
        "full",
        "xml",
        "--form",
    ),
    *("--check", "--check=1", "--diff", "--no-check", "--version", "--help", "-h", "--", "-", "", "-C=docs"),
]


def of_typer(arguments: list[str]) -> tuple[str, Path, dict[str, Any]]:
    """Command, folder and values as typer reads them, without running anything. Raises an error for wrong usage."""
    given_to: list[tuple[str, Path, dict[str, Any]]] = []

    def caught(command: str, directory: Path | None = None, **values: Any) -> None:
        given_to.append((command, Path.cwd() / (directory or ""), values))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "_run", caught)
        cli.app(arguments, standalone_mode=False)
    return given_to[0]


def read_alike(arguments: list[str], home: Path) -> bool:
    """Whether the command line was read without typer; typer is then asked too."""
    os.chdir(home)
    line = options.read(arguments)
    if line is None:
        return False
    try:
        name, folder, values = of_typer(arguments)
    finally:
        os.chdir(home)
    given_by_typer = {key: value for key, value in values.items() if key in line.values}
    defaults = {key: value for key, value in values.items() if key not in line.values}
    assert (line.command, home / line.directory, line.values) == (name, folder, given_by_typer)
    assert all(value in (False, Format.FULL) for value in defaults.values())
    return True


def names(command: Any) -> set[str]:
    """The options of a command, but for those that are always left to typer."""
    spelt = {name for parameter in command.params for name in parameter.opts}
    return spelt - {"--help", "-h", "--version"}


def test_each_command_has_the_same_options() -> None:
    commands = {"": GROUP, **{name: GROUP.commands[name] for name in options.OPTIONS if name}}
    assert {name: names(command) for name, command in commands.items()} == {
        name: set(known) for name, known in options.OPTIONS.items()
    }
    assert {"lint", "compile"} < set(options.OPTIONS)


@pytest.mark.parametrize(
    "arguments",
    [
        *(["lint"], ["compile"], ["lint", "-C", "examples"], ["-C", "examples", "lint"], ["lint", "--directory=docs"]),
        *(["compile", "--check"], ["compile", "--diff", "--check", "-C", "docs"], ["lint", "--format=github"]),
        *(["lint", "--format", str(format)] for format in Format),
    ],
    ids=" ".join,
)
def test_what_is_common_is_read_without_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    assert read_alike(arguments, PROJECT)


@pytest.mark.parametrize(
    "arguments",
    [
        *([], ["schema"], ["lint", "--help"], ["lint", "-C", "nowhere"], ["lint", "--format", "xml"], ["lint", "-C"]),
        *(["lint", "extra"], ["--version", "lint"], ["compile", "--check=yes"], ["lint", "--", "--format"]),
        *(["lint", "-C", "README.md"], ["lint", "-C", "x" * 5000]),
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_what_is_wrong_or_rare_is_left_to_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    assert not read_alike(arguments, PROJECT)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=5))
@example(["", "lint"])
@example(["-C", "docs", "lint", "-C", ".."])
@example(["lint", "--format", "json", "--format", "full"])
def test_whatever_is_read_typer_reads_alike(arguments: list[str]) -> None:
    before = Path.cwd()
    try:
        read_alike(arguments, PROJECT)
    finally:
        os.chdir(before)
