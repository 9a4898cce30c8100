"""Every value of a manifest's data, with the shape that the language gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipegen.manifest.root import MODELS, AnyManifest, Components
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import ListOf, MapOf, Record, Shape, keys
from pipegen.route import Route


@dataclass(frozen=True)
class Site:
    """A value that can be changed, and what holds it."""

    holder: Any
    key: Any
    shape: Shape
    route: Route


def model_of(data: dict[str, Any]) -> type[AnyManifest]:
    """The model of a manifest's data."""
    return MODELS[data["kind"]] if "kind" in data else Components


def sites(holder: dict[str, Any], model: type[Section], route: Route = ()) -> Iterator[Site]:
    """The values of a section and of all that is inside it."""
    for key, value in holder.items():
        shape = keys(model)[key].shape
        yield Site(holder, key, shape, (*route, key))
        yield from _inside(value, shape, (*route, key))


def _inside(value: Any, shape: Shape, route: Route) -> Iterator[Site]:
    match shape, value:
        case Record(model), dict():
            yield from sites(value, model, route)
        case MapOf(_, inner), dict():
            for key, item in value.items():
                yield Site(value, key, inner, (*route, key))
                yield from _inside(item, inner, (*route, key))
        case ListOf(inner, _, _), list():
            for index, item in enumerate(value):
                yield Site(value, index, inner, (*route, index))
                yield from _inside(item, inner, (*route, index))
        case ListOf(inner, _, _), dict():
            yield from _inside(value, inner, route)
