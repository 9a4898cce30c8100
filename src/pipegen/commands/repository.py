"""What the commands have in common: the repository that they are run in, compiled, and what is said of it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipegen.commands import CannotError
from pipegen.compiler import MANIFEST, Compilation, compile_manifest
from pipegen.files import WorkTree
from pipegen.formats import Format, formatted
from pipegen.output import Difference, FileTree, differences
from pipegen.source import MAX_BYTES

if TYPE_CHECKING:
    from pipegen.diagnostics import Diagnostic

ROOT = Path()


def compiled() -> Compilation:
    """What the manifest of the repository compiles to. Raises CannotError where there is none to read."""
    tree = WorkTree(ROOT)
    try:
        data = _manifest(tree)
    except FileNotFoundError:
        advice = "run pipegen at the root of a repository that has one, or with -C DIR"
        raise CannotError(f"there is no {MANIFEST}; {advice}") from None
    except OSError as error:
        raise CannotError(f"cannot read {MANIFEST}: {error.strerror}") from error
    return compile_manifest(data, tree)


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


def _manifest(tree: WorkTree) -> bytes:
    """The bytes of the manifest, at most one more than it may have.

    A link that leads out of the repository could show a file of the machine in messages, and a pipe would be
    waited for: neither is read.
    """
    real = os.path.realpath(tree.root / MANIFEST, strict=True)
    if tree.inside(MANIFEST) is None:
        raise CannotError(f"cannot read {MANIFEST}: it is a symbolic link that leads out of the repository")
    descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise CannotError(f"cannot read {MANIFEST}: it is not a regular file")
        return file.read(MAX_BYTES + 1)
