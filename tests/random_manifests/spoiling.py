"""Random manifests with one thing that is wrong, at a place that is known."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Boolean, Choice, Integer, ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text
from pipegen.route import Route

from .sites import model_of, sites


@dataclass(frozen=True)
class Mistake:
    """What was made wrong: at a route, in a word."""

    route: Route
    what: str


def spoilt(data: dict[str, Any], random: Random) -> tuple[dict[str, Any], Mistake]:
    """A copy of valid data with one mistake. A single value is wrong, never only a combination of several."""
    changed = copy.deepcopy(data)
    model = model_of(changed)
    if random.random() < 0.3:
        holders = [(changed, model, ()), *_records(changed, model, ())]
        return changed, _misspelt(*random.choice(holders), random)
    site = random.choice([one for one in sites(changed, model) if one.route[-1] not in ("kind", "components")])
    what, site.holder[site.key] = random.choice(list(_wrong(site.shape)))
    return changed, Mistake(site.route, what)


def _misspelt(holder: dict[str, Any], model: type[Section], route: Route, random: Random) -> Mistake:
    """A key that is missing or misspelt in one section."""
    required = [key for key in holder if (known := keys(model).get(key)) and known.required and key != "kind"]
    if required and random.random() < 0.5:
        key = random.choice(required)
        del holder[key]
        return Mistake((*route, key), "missing")
    key = f"{random.choice(list(keys(model)))}-x"
    holder[key] = 1
    return Mistake((*route, key), "unknown")


def _records(holder: dict[str, Any], model: type[Section], route: Route) -> Iterator[tuple[Any, type[Section], Route]]:
    for site in sites(holder, model, route):
        value = site.holder[site.key]
        shape = site.shape.item if isinstance(site.shape, ListOf) else site.shape
        if isinstance(shape, Record) and isinstance(value, dict):
            yield value, shape.model, site.route


def _wrong(shape: Shape) -> Iterator[tuple[str, Any]]:
    """Values that no shape of this class takes, each with a word for it."""
    match shape:
        case Text():
            yield "a list", [shape.example]
            yield "an expression", f"{shape.example}${{{{ x }}}}"
            yield "a control character", f"{shape.example}\x7f"
            yield "too long", shape.example * shape.max_length
            if shape.problem(f"{shape.example}\n"):
                yield "a line end", f"{shape.example}\n"
        case Integer(limits):
            yield "too small", limits.minimum - 1
            yield "too large", limits.maximum + 1
            yield "a text", str(limits.minimum)
        case Boolean():
            yield "a word", "yes"
        case Choice(words):
            yield "another word", f"{words[0]}-x"
        case Record() | MapOf() | ListOf():
            yield "a truth value", True
