"""`pipegen schema`: the JSON Schema of deploy.yaml."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from pipegen.commands import CLEAN, CannotError
from pipegen.commands.repository import ROOT, keep_others_out, say, write_changes
from pipegen.copies import PLACE, NotACopyError, change_of_copy
from pipegen.files import WorkTree
from pipegen.schema import schema_text


def run(write: bool = False, file: str = "") -> int:
    """Print the schema, or write a copy of it at a path of the repository."""
    if write:
        return _write(file or PLACE)
    if file:
        raise CannotError("FILE says where the copy is written: write it with --write")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON has no other encoding
    print(schema_text(), end="")
    return CLEAN


def _write(path: str) -> int:
    try:
        with keep_others_out() as lock:
            change = change_of_copy(WorkTree(ROOT), path)
            if change:
                write_changes(lock, (change,))
    except NotACopyError as error:
        raise CannotError(f"cannot write {path}: {error}") from None
    except OSError as error:
        raise CannotError(f"cannot write {path}: {error.strerror}") from error
    say(f"{'wrote' if change else 'unchanged:'} {path}")
    return CLEAN
