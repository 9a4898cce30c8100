"""Which lines of the compiled files a value of the manifest decides, and which values decide a line.

Nothing is kept on the way through the stages. A value is changed for another one of its shape, the manifest is compiled
once more, and the lines that are otherwise then are those that it decides. So what is said cannot be wrong about what
`compile` does, whatever a stage becomes.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from difflib import SequenceMatcher

from pipegen import kinds
from pipegen.alternatives import variations
from pipegen.compiler import Compilation
from pipegen.diagnostics import Place
from pipegen.document import Document
from pipegen.frozen import Frozen
from pipegen.manifest.shapes import Record
from pipegen.output import FileTree
from pipegen.route import Route
from pipegen.spots import spots
from pipegen.targets import emitted
from pipegen.validate import validate


class Stretch(Frozen):
    """Lines of a compiled file without its header, from 1 and both ends included."""

    path: str
    first: int
    last: int


class Decided(Frozen):
    """What a place of the manifest decides."""

    route: Route
    stretches: tuple[Stretch, ...]

    @property
    def lines(self) -> int:
        """How many lines they are: what decides few of them says more of each."""
        return sum(stretch.last - stretch.first + 1 for stretch in self.stretches)


class Provenance:
    """The provenance of what a manifest compiles to. Each step of its generators takes about as long as a compile."""

    def __init__(self, compilation: Compilation) -> None:
        """Take a manifest that compiles. Raises ValueError for another."""
        document, validation, base = compilation.document, compilation.validation, compilation.files
        if document is None or validation is None or validation.manifest is None or base is None:
            raise ValueError("the manifest cannot be compiled")
        self._document = document
        self._base = base
        self._spots = tuple(spots(document.root, Record(type(validation.manifest)), ()))
        self._decided: dict[int, Decided] = {}

    def of(self, place: Place) -> Generator[None, None, tuple[Stretch, ...]]:
        """The lines that a value decides, or a key with everything in it, in the order of the files."""
        found: set[Stretch] = set()
        for number, spot in enumerate(self._spots):
            if spot.route[: len(place.route)] == place.route and (place.key or not spot.name):
                decided = yield from self._of(number)
                found.update(decided.stretches)
        return tuple(sorted(found, key=lambda one: (one.path, one.first, one.last)))

    def all(self) -> Generator[None, None, tuple[Decided, ...]]:
        """What every place decides that decides anything, those first that decide the fewest lines."""
        for number in range(len(self._spots)):
            yield from self._of(number)
        return self.known()

    def known(self) -> tuple[Decided, ...]:
        """The same of those places that have been looked at."""
        found = [one for one in self._decided.values() if one.stretches]
        return tuple(sorted(found, key=lambda one: (one.lines, -len(one.route))))

    def _of(self, number: int) -> Generator[None, None, Decided]:
        if number not in self._decided:
            spot = self._spots[number]
            stretches: tuple[Stretch, ...] = ()
            for variation in variations(spot, self._spots):
                other = _compiled(Document(self._document.file, self._document.text, variation.applied(self._document)))
                yield
                if other and (stretches := tuple(_changed(self._base, other))):
                    break
            self._decided[number] = Decided(spot.route, stretches)
        return self._decided[number]


def _compiled(document: Document) -> FileTree | None:
    """What a manifest compiles to, whatever the rules say of it; None where a value is not of the language."""
    validation = validate(document)
    if validation.manifest is None or validation.findings:
        return None
    return {path: file.text for path, file in emitted(kinds.lower(validation.manifest)).items()}


def _changed(base: FileTree, other: FileTree) -> Iterator[Stretch]:
    """The lines of the first that are not in the second; where lines are only added, the one that they come after."""
    changed: list[Stretch] = []
    added: list[Stretch] = []
    for path, text in base.items():
        if path not in other:
            changed.append(Stretch(path, 1, text.count("\n")))
        elif text != other[path]:
            for first, last in _lines(text.splitlines(), other[path].splitlines()):
                (changed if first <= last else added).append(Stretch(path, first, max(last, 1)))
    yield from changed or (Stretch(one.path, one.last, one.last) for one in added)


def _lines(before: list[str], after: list[str]) -> Iterator[tuple[int, int]]:
    """First and last of each run of lines that changed; the last is before the first where some are only added."""
    if len(before) == len(after):
        numbers = [number for number, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new]
        yield from ((number, number) for number in numbers)
        return
    for kind, start, end, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield start + 1, end
