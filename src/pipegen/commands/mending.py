"""The fixes of `pipegen lint --fix`: what they would change of the manifest, and the writing of it."""

from __future__ import annotations

from pipegen.commands.repository import ROOT, manifest, print_diff, say, write_changes
from pipegen.compiler import MANIFEST, compile_manifest
from pipegen.diagnostics import Safety
from pipegen.files import WorkTree
from pipegen.mend import Mended, mend
from pipegen.modeline import is_of_another, modeline
from pipegen.output import Change, Difference, Lock


def show(*, unsafe: bool) -> None:
    """Print the diff that the fixes would make of the manifest."""
    data = manifest()
    mended = _mended(data, unsafe)
    if mended.made:
        print()
    print_diff([Difference(MANIFEST, Change.UPDATE, _text(data), _text(mended.data))])


def make(lock: Lock, *, unsafe: bool) -> None:
    """Make the fixes, and say which. Whoever has written the manifest meanwhile is not overwritten."""
    data = manifest()
    mended = _mended(data, unsafe)
    if mended.data != data:
        write_changes(lock, (Difference(MANIFEST, Change.UPDATE, _text(data), mended.data.decode()),))
    for fix in mended.made:
        say(f"mended {MANIFEST}: {fix.title}")
    _renew_schema(lock, mended.compilation.text)


def _renew_schema(lock: Lock, text: str) -> None:
    """Write the copy of the schema that the modeline names anew, if another pipegen wrote it."""
    found, tree = modeline(text), WorkTree(ROOT)
    if found and found.path and is_of_another(found.path, tree):
        from pipegen.copies import NotACopyError, change_of_copy  # takes as long to load as to compile

        try:
            change = change_of_copy(tree, found.path)
        except (NotACopyError, OSError):  # edited since, or not to be read: the finding stays
            return
        if change:
            write_changes(lock, (change,))
            say(f"mended {found.path}: it is this pipegen's schema now")


def _mended(data: bytes, unsafe: bool) -> Mended:
    tree = WorkTree(ROOT)
    allowed = (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)
    return mend(data, lambda changed: compile_manifest(changed, tree), allowed)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r\n", "\n")
