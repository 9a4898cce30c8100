"""What the commands have in common: the repository that they are run in, compiled, and what is said of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipegen.commands import CannotError
from pipegen.compiler import MANIFEST, Compilation, compile_manifest
from pipegen.diagnostics import Diagnostic, visible_diff
from pipegen.files import Files, WorkTree
from pipegen.formats import Format, formatted, summarised
from pipegen.output import BusyError, Difference, FileTree, Lock, differences, locked, write
from pipegen.source import MAX_BYTES

ROOT = Path()


def compiled(files: Files | None = None, root: Path = ROOT) -> Compilation:
    """What the manifest of the repository compiles to. Raises CannotError where there is none to read."""
    return compile_manifest(manifest(root), files or WorkTree(root))


def manifest(root: Path = ROOT) -> bytes:
    """The bytes of the manifest. Raises CannotError where there is none to read."""
    try:
        return WorkTree(root).read(MANIFEST, MAX_BYTES + 1)
    except FileNotFoundError:
        advice = "run pipegen at the root of a repository that has one, or with -C DIR"
        raise CannotError(f"there is no {MANIFEST}; {advice}") from None
    except OSError as error:
        raise CannotError(f"cannot read {MANIFEST}: {error.strerror}") from error


def changes_to(files: FileTree, root: Path = ROOT) -> tuple[Difference, ...]:
    """What stands in the repository otherwise than compiled. Raises CannotError where that cannot be seen."""
    try:
        return differences(root, files)
    except OSError as error:
        raise CannotError(f"cannot read {error.filename}: {error.strerror}") from error


def write_changes(lock: Lock, changes: tuple[Difference, ...]) -> None:
    """Make changes, all of them or none. Raises CannotError where the disk refuses."""
    try:
        write(lock, changes)
    except OSError as error:
        raise CannotError(f"cannot write {error.filename}: {error.strerror}") from error


@contextmanager
def keep_others_out(root: Path = ROOT) -> Iterator[Lock]:
    """Lock the repository, from before the manifest is read until everything is written."""
    with ExitStack() as held:
        try:
            lock = held.enter_context(locked(root))
        except BusyError:
            advice = "nothing was written. Run this again when it has ended"
            raise CannotError(f"another process is writing here; {advice}") from None
        except OSError as error:
            raise CannotError(f"cannot lock {error.filename}: {error.strerror}") from error
        yield lock


def print_diff(changes: Iterable[Difference]) -> None:
    """Print what changes would make of files, as a diff for a person."""
    for change in changes:
        for line in visible_diff(change.diff()):
            print(line)


def print_diagnostics(
    compilation: Compilation,
    format: Format,
    diagnostics: tuple[Diagnostic, ...],
    changes: tuple[Difference, ...] = (),
) -> None:
    """Print diagnostics, quoting from the manifest that was compiled, and from files that are not as compiled."""
    sources = {change.path: change.now for change in changes} | {MANIFEST: compilation.text}
    print(formatted(format, diagnostics, sources), end="")
    if format is Format.GITHUB and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        with suppress(OSError), Path(summary).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(summarised(diagnostics, sources))


def say(message: str) -> None:
    """Tell a person what is none of the command's output."""
    print(message, file=sys.stderr)
