"""The fixes of `pipegen lint --fix`: what they would change, and the writing of it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pipegen.commands.repository import ROOT, manifest, print_diff, say, write_changes
from pipegen.compiler import MANIFEST, compile_manifest
from pipegen.diagnostics import Safety, visible
from pipegen.files import WorkTree
from pipegen.formats import LIMIT
from pipegen.frozen import Frozen
from pipegen.mend import Made, mend
from pipegen.modeline import is_of_another, modeline
from pipegen.output import Change, Difference, Lock
from pipegen.rules.writing import SchemaOfAnother


class _Mending(Frozen):
    """What is changed, and the lines that tell of it."""

    changes: tuple[Difference, ...]
    told: tuple[str, ...]


def show(*, unsafe: bool) -> None:
    """Print the diff that the fixes would make."""
    changes = _mending(unsafe).changes
    if changes:
        print()
    print_diff(change.but(compiled=_with_line_feeds(change.compiled)) for change in changes)


def make(lock: Lock, *, unsafe: bool) -> None:
    """Make the fixes, and say which. Whoever has written a file meanwhile is not overwritten."""
    mending = _mending(unsafe)
    if mending.changes:
        write_changes(lock, mending.changes)
    for line in mending.told:
        say(line)


def _mending(unsafe: bool) -> _Mending:
    data, tree = manifest(), WorkTree(ROOT)
    allowed = (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)
    mended = mend(data, lambda changed: compile_manifest(changed, tree), allowed)
    now, text = _with_line_feeds(data.decode("utf-8", "replace")), mended.data.decode("utf-8", "replace")
    of_manifest = (Difference(_place(tree, MANIFEST), Change.UPDATE, now, text),) if mended.made else ()
    of_schema = _of_schema(tree, mended.compilation.text)
    return _Mending((*of_manifest, *of_schema.changes), (*_told(mended.made), *of_schema.told))


def _of_schema(tree: WorkTree, text: str) -> _Mending:
    """The copy of the schema that the modeline names, written anew if another pipegen wrote it."""
    found = modeline(text)
    if not (found and found.path and is_of_another(found.path, tree)):
        return _Mending((), ())
    from pipegen.copies import NotACopyError, change_of_copy  # takes as long to load as to compile

    told = f"{visible(found.path)}: {SchemaOfAnother.name}: "
    try:
        change = change_of_copy(tree, found.path)
    except (NotACopyError, OSError) as error:
        return _Mending((), (f"{told}left as it is: {error.strerror if isinstance(error, OSError) else error}",))
    changes = (change.but(path=_place(tree, found.path)),) if change else ()
    return _Mending(changes, (f"{told}write that of this pipegen",))


def _place(tree: WorkTree, path: str) -> str:
    """Where a file of the repository really stands: the writer follows no link."""
    real = tree.inside(path)
    return path if real is None else real.relative_to(os.path.realpath(tree.root)).as_posix()


def _told(made: tuple[Made, ...]) -> Iterator[str]:
    for one in made[:LIMIT]:
        line = f":{one.diagnostic.span.line}" if one.diagnostic.span else ""
        yield f"{MANIFEST}{line}: {one.diagnostic.rule.name}: {one.fix.title}"
    if len(made) > LIMIT:
        yield f"{MANIFEST}: {len(made) - LIMIT:,} more"


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n")
