"""Every place of a manifest, with what stands there and what may."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.document import Mapping, Node, Scalar, Sequence
from pipegen.frozen import Frozen
from pipegen.manifest.shapes import ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text
from pipegen.route import Route


class Spot(Frozen):
    """A place of the manifest: what stands there, and what may. `name` is the class of a key that the user chose."""

    route: Route
    node: Node
    shape: Shape
    name: Text | None
    optional: bool


def spots(node: Node, shape: Shape, route: Route, *, optional: bool = False) -> Iterator[Spot]:
    """Every place at and below a node, without those that are written in another shape than they should be."""
    match shape, node:
        case ListOf(), Scalar() | Mapping():  # the only item, which may stand alone
            yield from spots(node, shape.item, route, optional=optional)
        case Record(model), Scalar() if model.shorthand:
            yield from spots(node, keys(model)[model.shorthand].shape, route, optional=optional)
        case _:
            yield Spot(route, node, shape, None, optional)
            yield from _inside(node, shape, route)


def _inside(node: Node, shape: Shape, route: Route) -> Iterator[Spot]:
    match shape, node:
        case Record(model), Mapping():
            for key, child in node.entries:
                if known := keys(model).get(key.text):
                    yield from spots(child, known.shape, (*route, key.text), optional=not known.required)
        case MapOf(), Mapping():
            for key, child in node.entries:
                yield Spot((*route, key.text), node, shape, shape.key, False)
                yield from spots(child, shape.value, (*route, key.text), optional=True)
        case ListOf(), Sequence():
            for index, item in enumerate(node.items):
                yield from spots(item, shape.item, (*route, index), optional=True)
