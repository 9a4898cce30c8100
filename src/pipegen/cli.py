"""The commands, their options and exit statuses. A stage is imported only when its command runs.

Exit status: 0 clean, 1 findings, 2 wrong usage or a file that cannot be read or written, 3 a bug in pipegen.
"""

from __future__ import annotations

import os
import stat
import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipegen import __version__
from pipegen.formats import Format

if TYPE_CHECKING:
    from pipegen.compiler import Compilation
    from pipegen.diagnostics import Diagnostic
    from pipegen.files import WorkTree
    from pipegen.output import Difference, FileTree

FINDINGS, USAGE, BUG = 1, 2, 3

app = typer.Typer(
    help="Compile deploy.yaml into the GitHub Actions workflows of the CI/CD strategy.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


Directory = Annotated[
    Path | None,
    typer.Option("-C", "--directory", help="Run as if started there.", metavar="DIR", exists=True, file_okay=False),
]
Formatted = Annotated[Format, typer.Option("--format", help="How findings are printed.")]
ROOT = Path()


class Table(StrEnum):
    """How a table is printed."""

    TEXT = "text"
    JSON = "json"


def run() -> None:
    """Run the command that the arguments name, and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what its encoding cannot say is escaped, not an error
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINDINGS)
    except Exception as error:
        if os.environ.get("PIPEGEN_TRACEBACK"):
            raise
        from pipegen.diagnostics import visible

        _say(f"error: pipegen {__version__} has a bug: {type(error).__name__}: {visible(str(error))}")
        _say("Nothing is lost. Please report it with your deploy.yaml; PIPEGEN_TRACEBACK=1 shows where it happened.")
        sys.exit(BUG)


@app.callback()
def main(
    directory: Directory = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False,
) -> None:
    """Take the options that stand before a command."""
    _enter(directory)
    if version:
        print(f"pipegen {__version__}")
        raise typer.Exit


@app.command("compile")
def compile_(
    context: typer.Context,
    directory: Directory = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if something would change.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="As --check, and show what would change.")] = False,
    format: Formatted = Format.FULL,
) -> None:
    """Compile deploy.yaml and write what it compiles to."""
    _enter(directory)
    from pipegen.drift import diagnostics, must_be_solved
    from pipegen.output import write

    writing = not (check or diff)
    if writing:
        _keep_others_out(context)
    compilation = _compile()
    if compilation.files is None:
        _print(compilation, format, compilation.diagnostics)
        raise typer.Exit(FINDINGS)
    changes = _differences(compilation.files)
    reported = [change for change in changes if must_be_solved(change) or not writing]
    _print(compilation, format, (*compilation.diagnostics, *diagnostics(reported, shown=diff)))
    if diff and format in (Format.CONCISE, Format.GITHUB):  # the others have shown it at each file
        _print_diff(changes)
    if reported:
        raise typer.Exit(FINDINGS)
    if writing:
        try:
            write(ROOT, changes)
        except OSError as error:
            _fail(f"cannot write {error.filename}: {error.strerror}")
    _say_changes(changes, len(compilation.files))


@app.command()
def lint(directory: Directory = None, format: Formatted = Format.FULL) -> None:
    """Check deploy.yaml, and that what is committed is what it compiles to. Writes nothing."""
    _enter(directory)
    from pipegen.drift import diagnostics

    compilation = _compile()
    drift = diagnostics(_differences(compilation.files)) if compilation.files is not None else ()
    found = (*compilation.diagnostics, *drift)
    _print(compilation, format, found)
    if found:
        raise typer.Exit(FINDINGS)


@app.command()
def authority(
    directory: Directory = None,
    format: Annotated[Table, typer.Option("--format", help="How the table is printed.")] = Table.TEXT,
) -> None:
    """Print who can publish where, as compiled, and what stops everything else: a table to review and sign."""
    _enter(directory)
    from pipegen.authority import as_json, as_text, compiled

    compilation = _compile()
    if compilation.files is None:
        _print(compilation, Format.JSON if format is Table.JSON else Format.FULL, compilation.diagnostics)
        raise typer.Exit(FINDINGS)
    found = compiled(compilation.files, compilation.branch)
    print(as_json(found) if format is Table.JSON else as_text(found), end="")
    if _differences(compilation.files):
        _say("The files that are here are not as compiled, so this is not about them: see `pipegen lint`.")
        raise typer.Exit(FINDINGS)


@app.command()
def schema() -> None:
    """Print the JSON Schema of deploy.yaml, for an editor."""
    from pipegen.schema import schema_text

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON has no other encoding
    print(schema_text(), end="")


@app.command()
def explain(rule: Annotated[str, typer.Argument(help="Name or code of a rule, such as unknown-key or PG102.")]) -> None:
    """Say what a rule is about, why, and how to mend what it finds."""
    from pipegen.rules.registry import RULES, page
    from pipegen.suggest import nearest

    names = {name: found for found in RULES for name in (found.name, found.code.lower())}
    found = names.get(rule.lower())
    if found is None:
        suggestions = nearest(rule, names) or [known.name for known in RULES]
        _fail(f"there is no rule {rule!r}; there are: {', '.join(suggestions)}")
    _print_markdown(page(found))


def _enter(directory: Path | None) -> None:
    """Make a directory the current one, as `git -C` does, so that every path that is printed is seen from there."""
    if directory is not None:
        os.chdir(directory)


def _keep_others_out(context: typer.Context) -> None:
    """Lock the repository until the command has ended."""
    from pipegen.output import BusyError, locked

    try:
        context.with_resource(locked(ROOT))
    except BusyError:
        _fail("another process is compiling here; nothing was written. Run this again when it has ended")


def _compile() -> Compilation:
    from pipegen.compiler import MANIFEST, compile_manifest
    from pipegen.files import WorkTree

    tree = WorkTree(ROOT)
    try:
        data = _manifest(tree, MANIFEST)
    except FileNotFoundError:
        _fail(f"there is no {MANIFEST}; run pipegen at the root of a repository that has one, or with -C DIR")
    except OSError as error:
        _fail(f"cannot read {MANIFEST}: {error.strerror}")
    return compile_manifest(data, tree)


def _manifest(tree: WorkTree, name: str) -> bytes:
    """The bytes of the manifest, at most one more than it may have.

    A link that leads out of the repository could show a file of the machine in messages, and a pipe would be
    waited for: neither is read.
    """
    from pipegen.source import MAX_BYTES

    real = Path(os.path.realpath(tree.root / name, strict=True))
    if tree.inside(name) is None:
        _fail(f"cannot read {name}: it is a symbolic link that leads out of the repository")
    descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            _fail(f"cannot read {name}: it is not a regular file")
        return file.read(MAX_BYTES + 1)


def _differences(files: FileTree) -> tuple[Difference, ...]:
    from pipegen.output import differences

    try:
        return differences(ROOT, files)
    except OSError as error:
        _fail(f"cannot read {error.filename}: {error.strerror}")


def _print(compilation: Compilation, format: Format, diagnostics: tuple[Diagnostic, ...]) -> None:
    from pipegen.compiler import MANIFEST
    from pipegen.formats import formatted

    print(formatted(format, diagnostics, {MANIFEST: compilation.text}), end="")


def _print_diff(changes: tuple[Difference, ...]) -> None:
    from pipegen.diagnostics import visible_diff

    for change in changes:
        for line in visible_diff(change.diff()):
            print(line)


def _say_changes(changes: tuple[Difference, ...], total: int) -> None:
    from pipegen.drift import place
    from pipegen.output import Change

    verbs = {Change.CREATE: "wrote", Change.UPDATE: "updated", Change.REMOVE: "removed"}
    for line in dict.fromkeys(f"{verbs[change.change]} {place(change.path)}" for change in changes):
        _say(line)
    if not changes:
        _say(f"unchanged: {total} compiled files are as deploy.yaml says")


def _print_markdown(text: str) -> None:
    """Markdown for a person on a terminal, as it is for a program."""
    if not sys.stdout.isatty():
        print(text, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 100)).print(Markdown(text))


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _fail(message: str) -> NoReturn:
    _say(f"error: {message}")
    raise typer.Exit(USAGE)
