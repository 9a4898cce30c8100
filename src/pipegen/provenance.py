"""Which lines of the compiled files a value of the manifest decides, and which values decide a line.

Nothing is kept on the way through the stages. A value is changed for another one of its shape, the manifest is compiled
once more, and the lines that are otherwise then are those that it decides. So what is said cannot be wrong about what
`compile` does, whatever a stage becomes.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import islice

from pipegen import kinds
from pipegen.diagnostics import Place
from pipegen.frozen import Frozen
from pipegen.manifest.shapes import Boolean, Choice, Integer, Leaf, ListOf, MapOf, Record, Shape
from pipegen.manifest.strings import Text
from pipegen.output import FileTree
from pipegen.route import Route
from pipegen.source import Document, Node, Scalar, Sequence
from pipegen.source import Mapping as MappingNode
from pipegen.targets import TARGETS
from pipegen.validate import validate


class Stretch(Frozen):
    """Lines of a compiled file without its header, from 1 and both ends included."""

    path: str
    first: int
    last: int


class Spot(Frozen):
    """A place of the manifest: what stands there, and what may. `name` is the class of a key that the user chose."""

    route: Route
    node: Node
    shape: Shape
    name: Text | None
    optional: bool


class Decided(Frozen):
    """What a place of the manifest decides."""

    route: Route
    stretches: tuple[Stretch, ...]

    @property
    def lines(self) -> int:
        """How many lines they are: what decides few of them says more of each."""
        return sum(stretch.last - stretch.first + 1 for stretch in self.stretches)


def spots(node: Node, shape: Shape, route: Route, *, optional: bool = False) -> Iterator[Spot]:
    """Every place at and below a node, without those that are written in another shape than they should be."""
    match shape, node:
        case ListOf(), Scalar() | MappingNode():  # the only item, which may stand alone
            yield from spots(node, shape.item, route, optional=optional)
        case Record(model), Scalar() if model.shorthand:
            yield from spots(node, shape.keys[model.shorthand].shape, route, optional=optional)
        case _:
            yield Spot(route, node, shape, None, optional)
            yield from _inside(node, shape, route)


class Provenance:
    """The provenance of what a manifest compiles to. Each step of its generators takes about as long as a compile."""

    def __init__(self, document: Document) -> None:
        """Take a manifest that can be compiled. Raises ValueError for another."""
        manifest = validate(document).manifest
        base = _compiled(document)
        if manifest is None or base is None:
            raise ValueError("the manifest cannot be compiled")
        self._document = document
        self._base = base
        self._spots = tuple(spots(document.root, Record(type(manifest)), ()))
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
            for change in self._changes(spot):
                other = _compiled(Document(self._document.file, self._document.text, change.applied(self._document)))
                yield
                if other and (stretches := tuple(_changed(self._base, other))):
                    break
            self._decided[number] = Decided(spot.route, stretches)
        return self._decided[number]

    def _changes(self, spot: Spot) -> Iterator[_Change]:
        """Ways to say something else there, those first that change least."""
        if spot.name:
            for name in _similar(str(spot.route[-1]), spot.name):
                yield self._renamed(spot.name, str(spot.route[-1]), name)
        elif isinstance(spot.node, Scalar) and isinstance(spot.shape, Text | Integer | Boolean | Choice):
            for value in self._others(spot.node, spot.shape):
                plain = not isinstance(spot.shape, Text)
                yield _Change(values={spot.route: Scalar(value, plain, spot.node.span)})
        if spot.optional:
            yield _Change(gone={spot.route})

    def _others(self, node: Scalar, shape: Leaf) -> Iterable[str]:
        match shape:
            case Boolean():
                return ["false" if node.text == "true" else "true"]
            case Integer(limits):
                near = (int(node.text) + 1, int(node.text) - 1)
                return [str(number) for number in near if limits.minimum <= number <= limits.maximum]
            case Choice(words):
                return [word for word in words if word != node.text]
            case Text():
                names = self._names(shape)
                return (
                    [name for name in names if name != node.text] if node.text in names else _similar(node.text, shape)
                )

    def _names(self, shape: Leaf) -> list[str]:
        """The names of that class that the manifest gives to something."""
        return [str(spot.route[-1]) for spot in self._spots if spot.name == shape]

    def _renamed(self, name: Text, old: str, new: str) -> _Change:
        """A name changed with everything that refers to it."""
        keys = {spot.route: new for spot in self._spots if spot.name == name and spot.route[-1] == old}
        values: dict[Route, Node] = {
            spot.route: Scalar(new, False, spot.node.span)
            for spot in self._spots
            if spot.shape == name and isinstance(spot.node, Scalar) and spot.node.text == old
        }
        return _Change(keys, values)


def _inside(node: Node, shape: Shape, route: Route) -> Iterator[Spot]:
    match shape, node:
        case Record(), MappingNode():
            for key, child in node.entries:
                if known := shape.keys.get(key.text):
                    yield from spots(child, known.shape, (*route, key.text), optional=not known.required)
        case MapOf(), MappingNode():
            for key, child in node.entries:
                yield Spot((*route, key.text), node, shape, shape.key, False)
                yield from spots(child, shape.value, (*route, key.text), optional=True)
        case ListOf(), Sequence():
            for index, item in enumerate(node.items):
                yield from spots(item, shape.item, (*route, index), optional=True)


class _Change(Frozen):
    """Keys written otherwise, other values, and what is left out, each by its route."""

    keys: Mapping[Route, str] = {}
    values: Mapping[Route, Node] = {}
    gone: frozenset[Route] | set[Route] = frozenset()

    def applied(self, document: Document) -> MappingNode:
        """The root of the document with the changes made."""
        root = self._node(document.root, ())
        assert isinstance(root, MappingNode)
        return root

    def _node(self, node: Node, route: Route) -> Node:
        if route in self.values:
            return self.values[route]
        match node:
            case MappingNode():
                kept = [(key, child, (*route, key.text)) for key, child in node.entries]
                entries = [
                    (Scalar(self.keys.get(inner, key.text), key.plain, key.span), self._node(child, inner))
                    for key, child, inner in kept
                    if inner not in self.gone
                ]
                return MappingNode(tuple(entries), node.span)
            case Sequence():
                numbered = [(item, (*route, index)) for index, item in enumerate(node.items)]
                return Sequence(
                    tuple(self._node(item, inner) for item, inner in numbered if inner not in self.gone), node.span
                )
            case _:
                return node


def _similar(text: str, shape: Text) -> Iterator[str]:
    """Other texts of the class that differ from this one in every line, so that each line is seen to come of it."""
    for cut in (1, 0):
        others = (
            "\n".join(f"{line[: len(line) - cut]}{letter}" if line else "" for line in text.split("\n"))
            for letter in "9876543210zyxwvutsrqponmlkjihgfedcba"
        )
        fitting = (one for one in others if one != text and not shape.problem(one) and not shape.is_reserved(one))
        yield from islice(fitting, 2)


def _compiled(document: Document) -> FileTree | None:
    """What a manifest compiles to, whatever the rules say of it; None where a value is not of the language."""
    validation = validate(document)
    if validation.manifest is None or validation.findings:
        return None
    pipeline = kinds.lower(validation.manifest)
    return {path: file.text for emit in TARGETS.values() for path, file in emit(pipeline).items()}


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
