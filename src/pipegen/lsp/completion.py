"""Values that no schema can offer: names that the manifest gives to things, and paths of the repository."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pipegen.diagnostics import Place, Span
from pipegen.files import WorkTree
from pipegen.lsp.params import Position
from pipegen.lsp.places import place_at
from pipegen.lsp.text import Held
from pipegen.manifest import strings
from pipegen.manifest.shapes import Record
from pipegen.seen import MANIFEST
from pipegen.source import read
from pipegen.spots import Spot, spots
from pipegen.validate import validate

_PATH, _FOLDER = get_args(strings.Path)[1], get_args(strings.Folder)[1]
_STANDS_IN = "completed-here"
"""What is put where the cursor is, so that there is a value whose place can be looked up."""
_MOST = 200
_VALUE, _FILE, _FOLDER_KIND = 12, 17, 19
"""Kinds of items, as the protocol numbers them."""


def completions(text: Held, point: Position, tree: WorkTree) -> list[dict[str, Any]]:
    """What may be written at a position of a manifest, in place of the word that the cursor is behind."""
    before, after = text.around(point.line, point.character)
    word = re.search(r"""[^\s,\[\]{}:"']*$""", before)
    assert word, "an empty word is one too"
    rest = re.sub(r"""^[^\s,\[\]{}:"'#]*""", "", after)
    column = len(before) - len(word[0]) + 1
    held = text.replaced(point.line, f"{before[: column - 1]}{_STANDS_IN}{rest}")
    typed = text.range(Span(point.line + 1, column, point.line + 1, len(before) + 1))
    return [
        {"label": label, "kind": kind, "filterText": label, "textEdit": {"range": typed, "newText": label}}
        for label, kind in _labels(held, (point.line + 1, column), word[0], tree)
    ]


def _labels(text: str, point: tuple[int, int], word: str, tree: WorkTree) -> Iterable[tuple[str, int]]:
    document = read(text.encode("utf-8", "surrogatepass"), MANIFEST).document
    place = place_at(document, *point) if document else None
    manifest = validate(document).manifest if document else None
    if document is None or place is None or manifest is None:
        return []
    found = tuple(spots(document.root, Record(type(manifest)), ()))
    here = next((one for one in found if one.route == place.route and bool(one.name) == place.key), None)
    if here is None:
        return []
    if here.shape in (_PATH, _FOLDER) and not place.key:
        return _entries(tree, word, folders_only=here.shape == _FOLDER)
    return [(name, _VALUE) for name in _names(found, here, place)]


def _names(found: tuple[Spot, ...], here: Spot, place: Place) -> Iterator[str]:
    """The names of the class that is wanted, but for what is named already there, or is what the name would be of."""
    wanted = here.name or here.shape
    taken = {one.route[-1] for one in found if place.key and one.route[:-1] == place.route[:-1]}
    for name in dict.fromkeys(str(one.route[-1]) for one in found if one.name == wanted):
        if name != _STANDS_IN and name not in taken and name not in place.route:
            yield name


def _entries(tree: WorkTree, word: str, *, folders_only: bool) -> list[tuple[str, int]]:
    """The files and folders beside what has been typed of a path, which links do not lead out of the repository."""
    folder, slash, _ = word.rpartition("/")
    inside = tree.inside(folder or ".")
    if inside is None or not inside.is_dir():
        return []
    entries = sorted(os.scandir(inside), key=lambda entry: entry.name)[:_MOST]
    found = []
    for entry in entries:
        path = f"{folder}{slash}{entry.name}"
        if tree.holds_folder(path):
            found.append((f"{path}/", _FOLDER_KIND))
        elif tree.holds_file(path) and not folders_only:
            found.append((path, _FILE))
    return found
