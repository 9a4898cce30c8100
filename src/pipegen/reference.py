"""The JSON Schema for editors and the reference pages, written from the models and the rules.

Draft-07, because that is what yaml-language-server reads. The kinds are told apart by `if`/`then`: with `oneOf`,
an editor says of `service:` in a library that `kind` should be another, which is wrong advice.
"""

from __future__ import annotations

import ast
import inspect
import json
from functools import cache
from pathlib import Path
from typing import Any

from pipegen.manifest.environment import Environment, Settings
from pipegen.manifest.root import KINDS, AnyManifest, Components
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Boolean, Choice, Integer, Key, ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text
from pipegen.pages import RULES, page

# The order in which a person writes the top of a manifest.
_TOP = (
    "version",
    "kind",
    "name",
    "description",
    "repository",
    "branch",
    "runner",
    "test",
    "components",
    "environments",
)


def schema_text() -> str:
    """`schema/deploy.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of a manifest."""
    top: dict[str, Any] = {}
    for model in _roots():
        for key, described in _ordered(model):
            top.setdefault(key, _property(model, key, described))
    top["kind"] = top["kind"] | {"enum": list(KINDS)}
    closed = [{"if": {"required": ["components"]}, "then": _only(Components)}]
    closed += [
        {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": _only(model)}
        for kind, model in KINDS.items()
    ]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "description": "What a repository is, how it is tested and which environments it has.",
        "type": "object",
        "properties": top,
        "required": ["version", "repository"],
        "additionalProperties": False,
        "allOf": closed,
        "definitions": {model.__name__: _record(model) for model in sorted(_sections(), key=lambda m: m.__name__)},
    }


def language_text() -> str:
    """`docs/language.md`."""
    lines = [_LANGUAGE_HEAD, *_top_table()]
    for model in sorted(_sections(), key=lambda m: m.__name__):
        short = f" A lone value stands for `{model.shorthand}`." if model.shorthand else ""
        lines += [f"## {model.__name__}", "", inspect.cleandoc(model.__doc__ or "") + short, "", *_table(model)]
    return "\n".join(lines).rstrip() + "\n"


def rules_text() -> str:
    """`docs/rules.md`."""
    pages = "\n".join(page(rule).replace("# ", "## ", 1) for rule in RULES)
    return f"# Rules\n\n<!-- Written by `make generate` from the docstrings of the rules. -->\n\n{_RULES_HEAD}\n{pages}"


_LANGUAGE_HEAD = """\
# The deploy.yaml language, version 1

<!-- Written by `make generate` from the models in src/pipegen/manifest. -->

A repository has one manifest, `deploy.yaml`, at its root. One that is a single thing states its `kind`; one that
holds several states `components`. A key that is not listed is an error, and so is a key that a later version of
pipegen will compile. Every path is relative to the root of the repository. The order of keys never changes what
is compiled, but for `suites`, which run in the order in which they stand.

pipegen types each value by its key. Where a text is wanted and the unquoted value would be a number, a date or a
truth value to some YAML reader, it asks for quotes: `account: "012345678901"`, `python: "3.10"`.
Anchors, aliases, merge keys, tags and further documents are refused, and so is `${{` in any text.

An environment may state otherwise what the repository states for all of them (`region`, `credentials`). Mappings
merge by key, everything else replaces; nothing is appended, nothing is unset.
"""

_RULES_HEAD = """\
Each has a code, which never changes, and a name; `pipegen explain` takes both. An error stops `pipegen compile`, a
warning does not. `pipegen lint` exits with 1 for either.
"""


def write(root: Path) -> None:
    """Write every generated page below the root of the project."""
    for path, text in pages().items():
        (root / path).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """Every generated page, by path from the root of the project."""
    return {
        "schema/deploy.schema.json": schema_text(),
        "docs/language.md": language_text(),
        "docs/rules.md": rules_text(),
    }


def _roots() -> list[type[AnyManifest]]:
    return [*KINDS.values(), Components]


@cache
def _sections() -> frozenset[type[Section]]:
    """Every section below the root, each once."""
    found: set[type[Section]] = set()
    waiting: list[Shape] = [described.shape for model in _roots() for described in keys(model).values()]
    while waiting:
        match waiting.pop():
            case Record(model) if model not in found:
                found.add(model)
                waiting += [described.shape for described in keys(model).values()]
            case MapOf(_, value):
                waiting.append(value)
            case ListOf(item):
                waiting.append(item)
    return frozenset(found)


def _ordered(model: type[Section]) -> list[tuple[str, Key]]:
    """The keys of a section: of a root in the order in which a person writes them, of another as the model does."""
    if not issubclass(model, tuple(_roots())):
        return list(keys(model).items())
    return sorted(keys(model).items(), key=lambda item: _TOP.index(item[0]) if item[0] in _TOP else len(_TOP))


@cache
def _documentation(model: type[Section]) -> dict[str, str]:
    """The docstring of every field, read from the source: it stands below the field as in any class."""
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if not (issubclass(owner, Section) and owner is not Section):
            continue
        body = ast.parse(inspect.getsource(owner)).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, docstring in zip(body.body, body.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and field.target.id in owner.model_fields
            ):
                assert isinstance(docstring, ast.Expr), f"{owner.__name__}.{field.target.id} has no docstring"
                assert isinstance(docstring.value, ast.Constant)
                found[field.target.id.replace("_", "-")] = " ".join(str(docstring.value.value).split())
    return found


# Schema


def _only(model: type[AnyManifest]) -> dict[str, Any]:
    """That a manifest has the keys of this model, and no others."""
    required = [key for key, described in _ordered(model) if described.required]
    return {"required": required, "propertyNames": {"enum": [key for key, _ in _ordered(model)]}}


def _record(model: type[Section]) -> dict[str, Any]:
    described = _ordered(model)
    return {
        "type": "object",
        "properties": {key: _property(model, key, value) for key, value in described},
        "required": [key for key, value in described if value.required],
        "additionalProperties": False,
    }


def _property(model: type[Section], key: str, described: Key) -> dict[str, Any]:
    text = _documentation(model)[key]
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
    reserved = f"(?!(?:{_javascript(text.reserved)})$)" if text.reserved else ""
    return f"^{reserved}(?:{_javascript(text.pattern)})$"


def _javascript(pattern: str) -> str:
    r"""A pattern of Python's in JavaScript's syntax, which has neither ``\Z`` nor ``(?i:…)``."""
    insensitive = pattern.replace(r"\Z", "$")
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


# Reference page


def _top_table() -> list[str]:
    """The top of the manifest: every key once, with the repositories that have it."""
    headed = {f"`{kind}`": model for kind, model in KINDS.items()} | {"`components`": Components}
    lines = ["## The top of the manifest", ""]
    lines += [f"* {title}: {_uncapitalised(inspect.cleandoc(model.__doc__ or ''))}" for title, model in headed.items()]
    lines += ["", "| key | for | what it takes | default | what it says |", "| --- | --- | --- | --- | --- |"]
    described = {key: (model, value) for model in reversed(headed.values()) for key, value in _ordered(model)}
    for key in sorted(described, key=lambda key: _TOP.index(key) if key in _TOP else len(_TOP)):
        model, value = described[key]
        having = [title for title, model in headed.items() if key in keys(model)]
        where = "all" if len(having) == len(headed) else ", ".join(having)
        takes = " or ".join(f"`{kind}`" for kind in KINDS) if key == "kind" else _prose(value.shape)
        lines.append(f"| `{key}` | {where} | {takes} | {_default(value)} | {_documentation(model)[key]} |")
    later = {title: ", ".join(f"`{key}`" for key in sorted(model.later)) for title, model in headed.items()}
    lines += ["", "Not in this version of pipegen:", "", *(f"* {title}: {names}" for title, names in later.items()), ""]
    return lines


def _uncapitalised(text: str) -> str:
    return text[0].lower() + text[1:]


def _table(model: type[Section]) -> list[str]:
    rows = ["| key | what it takes | default | what it says |", "| --- | --- | --- | --- |"]
    for key, described in _ordered(model):
        default = "the repository's" if model is Environment and key in keys(Settings) else _default(described)
        rows.append(f"| `{key}` | {_prose(described.shape)} | {default} | {_documentation(model)[key]} |")
    later = [f"`{key}`" for key in sorted(model.later)]
    return [*rows, "", *([f"Not in this version of pipegen: {', '.join(later)}.", ""] if later else [])]


def _default(key: Key) -> str:
    match key.default:
        case _ if key.required:
            return "required"
        case bool() as truth:
            return f"`{str(truth).lower()}`"
        case str() | int() as value:
            return f"`{value}`"
        case _:
            return ""


def _prose(shape: Shape) -> str:
    match shape:
        case Record(model):
            short = f"{_prose(keys(model)[model.shorthand].shape)}, or " if model.shorthand else ""
            return f"{short}[{model.__name__}](#{model.__name__.lower()})"
        case MapOf(key, value):
            return f"names such as `{key.example}`, each with {_prose(value)}"
        case ListOf(item, lone):
            return f"{_prose(item)}, or a list" if lone else f"list of {_prose(item)}"
        case Choice(words):
            return " or ".join(f"`{word}`" for word in words)
        case Integer(limits):
            if limits.minimum == limits.maximum:
                return f"`{limits.minimum}`"
            return f"number, {limits.minimum} to {limits.maximum}" if limits.maximum < 2**53 else "number"
        case Boolean():
            return "`true` or `false`"
        case Text():
            return f"{shape.expected}".replace("|", "\\|")


if __name__ == "__main__":
    write(Path())
