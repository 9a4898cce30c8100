"""Other things that a manifest could say at a place, each a value of the same shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from pipegen.document import Document, Node, Scalar, Sequence
from pipegen.document import Mapping as MappingNode
from pipegen.frozen import Frozen
from pipegen.manifest.shapes import Boolean, Choice, Integer, Leaf
from pipegen.manifest.strings import Text
from pipegen.route import Route
from pipegen.spots import Spot


class Variation(Frozen):
    """Keys written otherwise, other values, and what is left out, each by its route."""

    keys: Mapping[Route, str] = {}
    values: Mapping[Route, Node] = {}
    gone: frozenset[Route] | set[Route] = frozenset()

    def applied(self, document: Document) -> MappingNode:
        """The root of the document with the variation made."""
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


def variations(spot: Spot, of: tuple[Spot, ...]) -> Iterator[Variation]:
    """Ways to say something else at one of the places of a manifest, those first that change least."""
    if spot.name:
        for name in _similar(str(spot.route[-1]), spot.name):
            yield _renamed(spot.name, str(spot.route[-1]), name, of)
    elif isinstance(spot.node, Scalar) and isinstance(spot.shape, Text | Integer | Boolean | Choice):
        for value in _others(spot.node, spot.shape, _names(spot.shape, of)):
            plain = not isinstance(spot.shape, Text)
            yield Variation(values={spot.route: Scalar(value, plain, spot.node.span)})
    if spot.optional:
        yield Variation(gone={spot.route})


def _others(node: Scalar, shape: Leaf, names: list[str]) -> Iterable[str]:
    match shape:
        case Boolean():
            return ["false" if node.text == "true" else "true"]
        case Integer(limits):
            near = (int(node.text) + 1, int(node.text) - 1)
            return [str(number) for number in near if limits.minimum <= number <= limits.maximum]
        case Choice(words):
            return [word for word in words if word != node.text]
        case Text():
            return [name for name in names if name != node.text] if node.text in names else _similar(node.text, shape)


def _names(shape: Leaf, of: tuple[Spot, ...]) -> list[str]:
    """The names of that class that the manifest gives to something."""
    return [str(spot.route[-1]) for spot in of if spot.name == shape]


def _renamed(name: Text, old: str, new: str, of: tuple[Spot, ...]) -> Variation:
    """A name changed with everything that refers to it."""
    keys = {spot.route: new for spot in of if spot.name == name and spot.route[-1] == old}
    values: dict[Route, Node] = {
        spot.route: Scalar(new, False, spot.node.span)
        for spot in of
        if spot.shape == name and isinstance(spot.node, Scalar) and spot.node.text == old
    }
    return Variation(keys, values)


def _similar(text: str, shape: Text) -> Iterator[str]:
    """Other texts of the class that differ from this one in every line, so that each line is seen to come of it."""
    for cut in (1, 0):
        others = (
            "\n".join(f"{line[: len(line) - cut]}{letter}" if line else "" for line in text.split("\n"))
            for letter in "9876543210zyxwvutsrqponmlkjihgfedcba"
        )
        fitting = (one for one in others if one != text and not shape.problem(one) and not shape.is_reserved(one))
        yield from islice(fitting, 2)
