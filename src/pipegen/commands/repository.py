"""What the commands have in common: the repository that they are run in, compiled, and what is said of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipegen.commands import CannotError
from pipegen.compiler import MANIFEST, Compilation, compile_manifest
from pipegen.files import Files, WorkTree
from pipegen.formats import Format, formatted
from pipegen.output import Difference, FileTree, differences
from pipegen.source import MAX_BYTES

if TYPE_CHECKING:
    from pipegen.diagnostics import Diagnostic

ROOT = Path()


def compiled(files: Files | None = None) -> Compilation:
    """What the manifest of the repository compiles to. Raises CannotError where there is none to read."""
    tree = WorkTree(ROOT)
    try:
        data = tree.read(MANIFEST, MAX_BYTES + 1)
    except FileNotFoundError:
        advice = "run pipegen at the root of a repository that has one, or with -C DIR"
        raise CannotError(f"there is no {MANIFEST}; {advice}") from None
    except OSError as error:
        raise CannotError(f"cannot read {MANIFEST}: {error.strerror}") from error
    return compile_manifest(data, files or tree)


def changes_to(files: FileTree) -> tuple[Difference, ...]:
    """What stands in the repository otherwise than compiled. Raises CannotError where that cannot be seen."""
    try:
        return differences(ROOT, files)
    except OSError as error:
        raise CannotError(f"cannot read {error.filename}: {error.strerror}") from error


def print_diagnostics(compilation: Compilation, format: Format, diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print diagnostics, quoting from the manifest that was compiled."""
    print(formatted(format, diagnostics, {MANIFEST: compilation.text}), end="")


def say(message: str) -> None:
    """Tell a person what is none of the command's output."""
    print(message, file=sys.stderr)
