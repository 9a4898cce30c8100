"""The shape of every value of a manifest, read off the annotations of the models.

One description serves the typing of scalars (`pipegen.validate`), the JSON Schema and the language reference
(`pipegen.reference`), so that the three cannot disagree.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pipegen.frozen import Frozen, fields, is_required
from pipegen.manifest.section import Items, Limits, Meanings, OneOrMore, Section, kebab
from pipegen.manifest.strings import Text

T = TypeVar("T")


class Integer(Frozen):
    """A whole number."""

    limits: Limits


class Boolean(Frozen):
    """``true`` or ``false``, and no other spelling."""


class Choice(Frozen):
    """One of a closed list of words, and what each of them means where that is stated."""

    words: tuple[str, ...]
    meanings: tuple[str, ...] = ()


class ListOf(Frozen):
    """A sequence; `lone` allows its only item to stand alone."""

    item: Shape
    lone: bool
    items: Items


class MapOf(Frozen):
    """A mapping whose keys the user chooses."""

    key: Text
    value: Shape
    items: Items


class Record(Frozen):
    """A mapping whose keys the language knows."""

    model: type[Section]


Leaf = Text | Integer | Boolean | Choice
Shape = Leaf | ListOf | MapOf | Record


class Key(Frozen):
    """A key of a record, and the field that holds it. `default` is None where there is nothing to state."""

    field: str
    shape: Shape
    required: bool
    default: Any


def keys(model: type[Section]) -> Mapping[str, Key]:
    """The keys of a section, in the order in which the model states them."""
    if model not in _KEYS:
        hints = get_type_hints(model, include_extras=True)
        _KEYS[model] = {
            kebab(name): Key(name, shape(hints[name]), is_required(model, name), getattr(model, name, None))
            for name in fields(model)
        }
    return _KEYS[model]


_KEYS: dict[type[Section], Mapping[str, Key]] = {}


def shape(annotation: Any) -> Shape:
    """The shape that a field's annotation describes."""
    metadata: tuple[Any, ...] = ()
    if get_origin(annotation) is Annotated:
        annotation, *rest = get_args(annotation)
        metadata = tuple(rest)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (types.UnionType, Union):
        (inner,) = [argument for argument in arguments if argument is not types.NoneType]
        return shape(inner)
    if origin is Literal:
        meanings = _found(metadata, Meanings)
        return Choice(arguments, meanings.words if meanings else ())
    if origin is tuple:
        return ListOf(shape(arguments[0]), _found(metadata, OneOrMore) is not None, _found(metadata, Items) or Items())
    if origin is Mapping:
        return MapOf(_text(shape(arguments[0])), shape(arguments[1]), _found(metadata, Items) or Items())
    if annotation is bool:
        return Boolean()
    if annotation is int:
        return Integer(_found(metadata, Limits) or Limits(0, 2**53 - 1))
    if annotation is str:
        return _text(_found(metadata, Text))
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return Record(annotation)
    raise TypeError(f"no shape for {annotation}")


def _found(metadata: tuple[Any, ...], kind: type[T]) -> T | None:
    return next((item for item in metadata if isinstance(item, kind)), None)


def _text(found: Shape | None) -> Text:
    if not isinstance(found, Text):
        raise TypeError("every string of the manifest belongs to a string class")
    return found
