"""What a message says of a value: what it is, what is wanted there, and what would be right instead."""

from __future__ import annotations

import re
from typing import Any

from pipegen.diagnostics import among, quoted
from pipegen.document import Mapping, Node, Scalar, Sequence
from pipegen.manifest.root import MODELS
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Boolean, Choice, Integer, Leaf, ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text
from pipegen.scalars import reads_as_other_than_text


def did_you_mean(suggestions: list[str]) -> str:
    """The question whether one of the suggestions was meant; nothing where there are none."""
    return f"did you mean {among([f'`{word}`' for word in suggestions])}?" if suggestions else ""


def titled(model: type[Section]) -> str:
    """A manifest as a message names it, by the model that was chosen for it."""
    kind = next((kind for kind, other in MODELS.items() if other is model), None)
    return f"a manifest of kind `{kind}`" if kind else "a manifest with `components`"


def what_is(node: Node) -> str:
    """What stands there, as a message names it."""
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case Scalar(text="", plain=True):
            return "nothing"
        case Scalar(text=text, plain=plain):
            return quoted(text if plain else f'"{text}"')


def wanted_by(shape: Leaf) -> str:
    """What a leaf of this shape takes, as a message names it."""
    match shape:
        case Text(example=example):
            return f"a text such as `{example}`"
        case Integer():
            return "a whole number"
        case Boolean():
            return "`true` or `false`"
        case Choice(words):
            return among([f"`{word}`" for word in words])


def hint(value: str, shape: Text) -> str:
    """What to write instead, as far as the value tells what was meant."""
    if odd := next((c for c in value if not c.isascii()), None):
        return f"U+{ord(odd):04X} is not ASCII"
    return f"write `{meant}`" if (meant := spelling_of(value, shape)) else f"such as `{shape.example}`"


def spelling_of(value: str, shape: Text) -> str | None:
    """The value in another spelling that would be of its class: a number without hyphens, a name in lower case."""
    number = value.replace("-", "") if re.fullmatch("[0-9-]+", value) else value
    has_no_capitals = shape.problem("a") is None and shape.problem("A") is not None
    name = re.sub("[_ ]", "-", value.lower()) if has_no_capitals else value
    spellings = (number, value.removeprefix("./"), name)
    return next((other for other in spellings if other != value and shape.problem(other) is None), None)


def example_of(shape: Shape) -> str:
    """A value as a person would write it; nothing for what takes several lines."""
    match shape:
        case Text(example=example):
            return f'"{example}"' if reads_as_other_than_text(example) else example
        case Integer(limits):
            return str(limits.minimum)
        case Choice(words):
            return words[0]
        case Record(model) if model.shorthand:
            return example_of(keys(model)[model.shorthand].shape)
        case ListOf(item):
            return f"[{example_of(item)}]"
        case _:
            return ""


def example_value(shape: Shape) -> Any:
    """A value of this shape, the smallest there is, to go on with in place of one that cannot be read."""
    match shape:
        case Record(model):
            return model(**{key.field: example_value(key.shape) for key in keys(model).values() if key.required})
        case MapOf(key, value, items):
            return {key.example: example_value(value)} if items.minimum else {}
        case ListOf(item, _, items):
            return (example_value(item),) if items.minimum else ()
        case Text(example=example):
            return example
        case Integer(limits):
            return limits.minimum
        case Boolean():
            return False
        case Choice(words):
            return words[0]


def is_absent(node: Node) -> bool:
    """Whether a key stands there without a value."""
    return isinstance(node, Scalar) and node.plain and node.text == ""
