"""The command line as typer reads it: every command and option, help, and what is said of wrong usage.

It takes longer to load than a manifest to compile, so `options` reads the commonest command lines without it. What a
command does is in the module of its name in `commands`, which is imported when the command runs.
"""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from pipegen import __version__
from pipegen.commands import INTERRUPTED, enter
from pipegen.formats import Format

app = typer.Typer(
    help="Compile deploy.yaml into the GitHub Actions workflows of the CI/CD strategy.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help, because boxes take three times as long as all else
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Directory = Annotated[
    Path | None,
    typer.Option("-C", "--directory", help="Run as if started there.", metavar="DIR", exists=True, file_okay=False),
]


class Table(StrEnum):
    """How a table is printed."""

    TEXT = "text"
    JSON = "json"


def _one_of(words: type[StrEnum], told: str) -> Any:
    """The option `--format`. typer's own message on another word begins with «Value error»."""

    def read(text: str) -> StrEnum:
        if text not in list(words):
            raise typer.BadParameter(f"{text!r} is not one of {', '.join(words)}.")
        return words(text)

    return typer.Option("--format", help=told, parser=read, metavar=f"<{'|'.join(words)}>")


Formatted = Annotated[Format, _one_of(Format, "How findings are printed.")]


@app.callback()
def main(
    directory: Directory = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False,
) -> None:
    """Take the options that stand before a command."""
    if directory is not None:
        enter(directory)
    if version:
        print(f"pipegen {__version__}")
        raise typer.Exit


@app.command("compile")
def compile_(
    directory: Directory = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if something would change.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="As --check, and show what would change.")] = False,
    format: Formatted = Format.FULL,
) -> None:
    """Compile deploy.yaml and write what it compiles to."""
    _run("compile", directory, check=check, diff=diff, format=format)


@app.command(short_help="Check deploy.yaml and what was compiled from it.")
def lint(
    directory: Directory = None,
    fix: Annotated[bool, typer.Option("--fix", help="Make the safe fixes in deploy.yaml first.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also those that may not be what was meant.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")] = False,
    format: Formatted = Format.FULL,
) -> None:
    """Check deploy.yaml, and that what is committed is what it compiles to. Writes nothing but with --fix."""
    _run("lint", directory, fix=fix, unsafe_fixes=unsafe_fixes, diff=diff, format=format)


@app.command(short_help="Print who can publish where, as compiled.")
def authority(
    directory: Directory = None,
    format: Annotated[Table, _one_of(Table, "How the table is printed.")] = Table.TEXT,
) -> None:
    """Print who can publish where, as compiled, and what stops everything else: a table to review and sign."""
    _run("authority", directory, json=format is Table.JSON)


@app.command(short_help="Draft deploy.yaml from what the repository shows.")
def init(
    directory: Directory = None,
    only_print: Annotated[bool, typer.Option("--print", help="Write nothing; print the manifest.")] = False,
) -> None:
    """Draft deploy.yaml from what the repository shows, for you to complete. Overwrites nothing."""
    _run("init", directory, only_print=only_print)


@app.command(short_help="Print or write the JSON Schema of deploy.yaml.")
def schema(
    directory: Directory = None,
    write: Annotated[bool, typer.Option("--write", help="Write a copy of it, instead of printing it.")] = False,
    file: Annotated[str, typer.Argument(help="Where the copy is written.", show_default="deploy.schema.json")] = "",
) -> None:
    """Print the JSON Schema of deploy.yaml, for an editor, or write a copy for those without a network."""
    _run("schema", directory, write=write, file=file)


@app.command(short_help="Say what a rule is about, and how to mend it.")
def explain(
    rule: Annotated[str, typer.Argument(help="Name or code of a rule, such as unknown-key or PG102.")] = "",
) -> None:
    """Say what a rule is about, why, and how to mend what it finds. Without a rule, list them all."""
    _run("explain", rule=rule)


@app.command(short_help="Serve an editor by the Language Server Protocol.")
def lsp(
    stdio: Annotated[bool, typer.Option("--stdio", help="What many editors add; there is no other way.")] = False,
) -> None:
    """Serve an editor: the Language Server Protocol over standard input and output."""
    _run("lsp", stdio=stdio)


def _run(command: str, directory: Path | None = None, **values: Any) -> None:
    """Run a command's own module, and exit with its status."""
    if directory is not None:
        enter(directory)
    try:
        status = import_module(f"pipegen.commands.{command}").run(**values)
    except KeyboardInterrupt:  # of which typer would make a finding
        status = INTERRUPTED
    raise typer.Exit(status)
