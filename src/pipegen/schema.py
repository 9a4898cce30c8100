"""The JSON Schema of a manifest, for editors, written from the models.

Draft-07, because that is what yaml-language-server reads. The kinds are told apart by `if`/`then`: with `oneOf`,
an editor says of `service:` in a library that `kind` should be another, which is wrong advice.
"""

from __future__ import annotations

import json
from typing import Any

from pipegen.manifest.documentation import documentation, ordered, sections
from pipegen.manifest.root import MODELS, ROOTS, AnyManifest, Components
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Boolean, Choice, Integer, Key, ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text

# The end of a text: `$` would allow a line feed before it in Python, and `\Z` is not JavaScript.
_END = r"(?![\s\S])"


def schema_text() -> str:
    """`schema/deploy.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of a manifest."""
    stated: dict[str, dict[str, Any]] = {}
    for model in ROOTS:
        for key, described in ordered(model):
            stated.setdefault(key, {})[model.__name__] = _property(model, key, described)
    first = {key: next(iter(found.values())) for key, found in stated.items()}
    # What takes another value in another kind is told in full where the kind is known.
    several = {key for key, found in stated.items() if any(one != first[key] for one in found.values())} - {"kind"}
    top = {key: _described(one) if key in several else one for key, one in first.items()}
    top["kind"] = top["kind"] | {"enum": list(MODELS)}
    closed = [{"if": {"required": ["components"]}, "then": _only(Components, several)}]
    closed += [
        {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": _only(model, several)}
        for kind, model in MODELS.items()
    ]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "description": "What a repository is, how it is tested and which environments it has.",
        "type": "object",
        "properties": top,
        "required": ["version", "repository"],
        "additionalProperties": False,
        "allOf": closed,
        "definitions": {model.__name__: _record(model) for model in sorted(sections(), key=lambda m: m.__name__)},
    }


def _described(key: dict[str, Any]) -> dict[str, Any]:
    return {name: text for name, text in key.items() if name in ("description", "markdownDescription")}


def _only(model: type[AnyManifest], several: set[str]) -> dict[str, Any]:
    """That a manifest has the keys of this model and no others, and what those take that mean more than one thing."""
    required = [key for key, described in ordered(model) if described.required]
    own = {key: _property(model, key, described) for key, described in ordered(model) if key in several}
    return {"required": required, "propertyNames": {"enum": [key for key, _ in ordered(model)]}, "properties": own}


def _record(model: type[Section]) -> dict[str, Any]:
    described = ordered(model)
    return {
        "type": "object",
        "properties": {key: _property(model, key, value) for key, value in described},
        "required": [key for key, value in described if value.required],
        "additionalProperties": False,
    }


def _property(model: type[Section], key: str, described: Key) -> dict[str, Any]:
    text = documentation(model)[key]
    documented: dict[str, Any] = {"description": text.replace("`", ""), "markdownDescription": text}
    if isinstance(described.default, str | int | bool) and described.default is not None:
        documented["default"] = described.default
    return documented | _value(described.shape)


def _value(shape: Shape) -> dict[str, Any]:
    match shape:
        case Record(model):
            reference = {"$ref": f"#/definitions/{model.__name__}"}
            return {"anyOf": [_value(keys(model)[model.shorthand].shape), reference]} if model.shorthand else reference
        case MapOf(key, value, items):
            names = {"pattern": _anchored(key), "maxLength": key.max_length}
            counted = {"minProperties": items.minimum, "maxProperties": items.maximum}
            return {"type": "object", "propertyNames": names, "additionalProperties": _value(value)} | counted
        case ListOf(item, lone, items):
            listed = {"type": "array", "items": _value(item), "minItems": items.minimum, "maxItems": items.maximum}
            listed |= {"uniqueItems": True} if items.unique else {}
            return {"anyOf": [_value(item), listed]} if lone else listed
        case Choice(words):
            return {"type": "string", "enum": list(words)}
        case Integer(limits):
            return {"type": "integer", "minimum": limits.minimum, "maximum": limits.maximum}
        case Boolean():
            return {"type": "boolean"}
        case Text():
            described = {"patternErrorMessage": f"This is not {shape.expected}.", "examples": [shape.example]}
            return {"type": "string", "pattern": _anchored(shape), "maxLength": shape.max_length} | described


def _anchored(text: Text) -> str:
    """The pattern as JavaScript reads it: the whole text, and not the line."""
    reserved = f"(?!(?:{_javascript(text.reserved)}){_END})" if text.reserved else ""
    return f"^{reserved}(?:{_javascript(text.pattern)}){_END}"


def _javascript(pattern: str) -> str:
    r"""A pattern of Python's in JavaScript's syntax, which has neither ``\Z`` nor ``(?i:…)``."""
    insensitive = pattern.replace(r"\Z", _END)
    while (start := insensitive.find("(?i:")) >= 0:
        end = _closing(insensitive, start)
        inside = insensitive[start + 4 : end]
        either = "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() else c for c in inside)
        insensitive = f"{insensitive[:start]}(?:{either}){insensitive[end + 1 :]}"
    return insensitive


def _closing(pattern: str, start: int) -> int:
    depth = 0
    for index in range(start, len(pattern)):
        depth += {"(": 1, ")": -1}.get(pattern[index], 0)
        if depth == 0:
            return index
    raise ValueError(f"no closing parenthesis in {pattern}")
