"""What a value of each shape may be, as JSON Schema, and what an editor says where it is another.

`errorMessage` and `patternErrorMessage` are yaml-language-server's. A value that may be written short or long is told
apart by `if`/`then`: with `anyOf`, an editor that finds a mistake in one form asks for the other.
"""

from __future__ import annotations

import inspect
from typing import Any

from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Boolean, Choice, Integer, ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text
from pipegen.scalars import reads_as_other_than_text
from pipegen.schema.patterns import WITHOUT_EXPRESSION, may_hold_expression, unreserved, whole
from pipegen.schema.snippets import usual

Schema = dict[str, Any]

_SUGGESTIONS = ("examples", "defaultSnippets")
_QUOTES = " Quote what would be a number, a date or a truth value."


def value(shape: Shape) -> Schema:
    """The schema of a value."""
    match shape:
        case Record(model) if model.shorthand:
            return _either(shape, "object", _section(model), value(keys(model)[model.shorthand].shape))
        case Record(model):
            return _typed(shape, "object") | _section(model)
        case MapOf():
            return _typed(shape, "object") | _mapping(shape)
        case ListOf(item, lone, items):
            listed: Schema = {"items": value(item), "minItems": items.minimum, "maxItems": items.maximum}
            listed |= {"uniqueItems": True} if items.unique else {}
            return _either(shape, "array", listed, value(item)) if lone else _typed(shape, "array") | listed
        case Choice(words, meanings):
            return {"enum": list(words)} | ({"enumDescriptions": list(meanings)} if meanings else {})
        case Integer(limits) if limits.minimum == limits.maximum:
            return {"const": limits.minimum}
        case Integer(limits):
            return _typed(shape, "integer") | {"minimum": limits.minimum, "maximum": limits.maximum}
        case Boolean():
            return _typed(shape, "boolean")
        case Text():
            return _typed(shape, "string") | _text(shape)


def described(text: str) -> Schema:
    """A description for those that show plain text, and for those that show Markdown."""
    return {"description": text.replace("`", ""), "markdownDescription": text}


def _section(model: type[Section]) -> Schema:
    """The keys stand in a definition of their own: the message about the type would replace those about them."""
    return {"allOf": [{"$ref": f"#/definitions/{model.__name__}"}]}


def _either(shape: Shape, long_type: str, long: Schema, short: Schema) -> Schema:
    """Written long, as a value of that type, or short."""
    suggestions = {key: short[key] for key in _SUGGESTIONS if key in short}
    if "enum" in short:
        suggestions = {"examples": short["enum"]}
    types = short.get("type")
    known = [types] if isinstance(types, str) else types
    typed = _typed(shape, [*known, long_type]) if known else {}
    rest = {key: part for key, part in short.items() if key not in ("type", "errorMessage", *_SUGGESTIONS)}
    return typed | suggestions | {"if": {"type": long_type}, "then": long, "else": rest}


def _typed(shape: Shape, types: str | list[str]) -> Schema:
    return {"type": types, "errorMessage": f"This takes {_wanted(shape)}.{_QUOTES if 'string' in types else ''}"}


def _mapping(shape: MapOf) -> Schema:
    entry = value(shape.value)
    if isinstance(shape.value, Record):
        entry |= described(inspect.cleandoc(shape.value.model.__doc__ or "").partition("\n")[0])
    told = {key: entry[key] for key in ("description", "markdownDescription") if key in entry}
    # Beside the entries and not with them: an editor would write an empty mapping instead of the snippet.
    offered = {name: told | suggested for name, suggested in usual(shape.key).items()}
    if offered:
        entry.pop("examples", None)
    names = _text(shape.key, f"This name is not {shape.key.expected}") | {"doNotSuggest": True}
    return {
        "propertyNames": {key: part for key, part in names.items() if key not in _SUGGESTIONS},
        "additionalProperties": entry,
        "minProperties": shape.items.minimum,
        "maxProperties": shape.items.maximum,
    } | ({"allOf": [{"properties": offered}]} if offered else {})


def _text(shape: Text, problem: str = "") -> Schema:
    message = f"{problem or f'This is not {shape.expected}'}. An example: `{_written(shape.example)}`"
    found: Schema = {"pattern": whole(shape), "maxLength": shape.max_length, "patternErrorMessage": message}
    others = []
    if shape.reserved:
        belongs = "This variable belongs to the tools that run a command. Use another name."
        others.append({"pattern": unreserved(shape), "patternErrorMessage": belongs})
    if may_hold_expression(shape):
        evaluated = (
            "An expression would be evaluated where it arrives. Use a variable of the shell, such as `$GITHUB_SHA`."
        )
        others.append({"pattern": WITHOUT_EXPRESSION, "patternErrorMessage": evaluated})
    if others:
        found["allOf"] = others
    return found | _suggestion(shape.example)


def _suggestion(example: str) -> Schema:
    """What an editor offers to write; quoted, where a reader would take it for something else than text."""
    if reads_as_other_than_text(example):
        return {"defaultSnippets": [{"label": _written(example), "body": f'"${{1:{example}}}"'}]}
    return {"examples": [example]}


def _written(text: str) -> str:
    return f'"{text}"' if reads_as_other_than_text(text) else text


def _wanted(shape: Shape) -> str:
    match shape:
        case Text():
            return f"a text, such as `{_written(shape.example)}`"
        case Choice(words):
            return " or ".join(words)
        case Integer():
            return "a whole number, without quotes"
        case Boolean():
            return "`true` or `false`, without quotes"
        case ListOf(item, lone):
            return f"{_wanted(item)}, or a list" if lone else "a list"
        case MapOf(key):
            return f"a mapping, with names such as `{key.example}:`"
        case Record(model) if model.shorthand:
            others = [key for key in keys(model) if key != model.shorthand]
            longer = f"a mapping, with keys such as `{model.shorthand}:` and `{others[0]}:`"
            return f"{_wanted(keys(model)[model.shorthand].shape)}, or {longer}"
        case Record(model):
            required = [key for key, one in keys(model).items() if one.required] or list(keys(model))
            return f"a mapping, with keys such as `{required[0]}:`"
