"""The JSON Schema of a manifest, for editors, written from the models.

Draft-07, because that is what yaml-language-server reads. The kinds are told apart by `if`/`then`: with `oneOf`,
an editor says of `service:` in a library that `kind` should be another, which is wrong advice.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from typing import Any

from pipegen import __version__
from pipegen.manifest.documentation import INHERITED, default, documentation, ordered, sections
from pipegen.manifest.root import MODELS, ROOTS, AnyManifest, Components
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Key, ListOf
from pipegen.schema.snippets import MANIFESTS, example, section
from pipegen.schema.values import Schema, described, value

_WRITER = "pipegen"
_NO_KIND = "Say what this repository is: `kind: application`, `kind: data-task`, `kind: library`, or `components:`."


def schema_text() -> str:
    """`schema/deploy.schema.json`: the schema, and who wrote it."""
    found = schema()
    dialect = {"$schema": found.pop("$schema"), "$comment": f"{_WRITER} {__version__} {_digest(found)}"}
    return json.dumps(dialect | found, indent=2, ensure_ascii=False) + "\n"


def version_of(found: Schema) -> str | None:
    """The version of the pipegen that wrote a schema; None if none did, or somebody has changed it since."""
    rest = {key: value for key, value in found.items() if key not in ("$schema", "$comment")}
    writer, _, said = str(found.get("$comment")).partition(" ")
    version, _, digest = said.partition(" ")
    return version if writer == _WRITER and digest == _digest(rest) else None


def _digest(found: Schema) -> str:
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


def schema() -> Schema:
    """The JSON Schema of a manifest."""
    stated = [{key: _property(model, key, one) for key, one in ordered(model)} for model in ROOTS]
    common = {key: one for key, one in stated[0].items() if all(one == other.get(key) for other in stated)}
    several = _property(Components, "components", dict(ordered(Components))["components"])
    unknown = {key: True for found in stated for key in found} | {"components": several}
    which: Schema = _closed(unknown, ("kind",), _NO_KIND) | {"defaultSnippets": list(MANIFESTS)}
    for kind, model in reversed(MODELS.items()):
        chosen = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
        which = {"if": chosen, "then": _only(model, common), "else": which}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "description": "What a repository is, how it is tested and which environments it has.",
        "type": "object",
        "properties": common,
        "allOf": [{"required": ["version", "repository"]}],
        "if": {"required": ["components"]},
        "then": _only(Components, common),
        "else": {"properties": {"kind": _kind()}} | which,
        "definitions": {model.__name__: _definition(model) for model in sorted(sections(), key=lambda m: m.__name__)},
    }


def _kind() -> Schema:
    documented = described(documentation(MODELS["application"])["kind"])
    meanings = [inspect.cleandoc(model.__doc__ or "") for model in MODELS.values()]
    return documented | {"enum": list(MODELS), "enumDescriptions": meanings}


def _only(model: type[AnyManifest], common: dict[str, Any]) -> Schema:
    """A manifest of this model. What is common to all is described where no kind is known yet."""
    known = {key: True if key in common or key == "kind" else _property(model, key, one) for key, one in ordered(model)}
    required = tuple(key for key, one in ordered(model) if one.required and key not in common)
    return _closed(known, required)


def _definition(model: type[Section]) -> Schema:
    found = {key: _property(model, key, one) for key, one in ordered(model)}
    return _closed(found, tuple(key for key, one in ordered(model) if one.required))


def _closed(properties: Schema, required: tuple[str, ...], message: str = "") -> Schema:
    """A mapping with these keys and no others.

    What is required stands beside the keys and not with them: yaml-language-server otherwise offers an entry «object»
    that writes the required keys without their values.
    """
    missing: Schema = {"required": list(required)} | ({"errorMessage": message} if message else {})
    return {"properties": properties, "additionalProperties": False} | ({"allOf": [missing]} if required else {})


def _may_stand_alone(one: Key) -> bool:
    return isinstance(one.shape, ListOf) and one.shape.lone


def _property(model: type[Section], key: str, one: Key) -> Schema:
    found = described(documentation(model)[key]) | value(one.shape)
    if better := example(model, key):
        found["examples"] = [better]
    usual = default(model, key)
    if usual not in (None, INHERITED):
        # An editor writes a lone value beside its key, and nothing for a list.
        found["default"] = usual[0] if isinstance(usual, list) and len(usual) == 1 and _may_stand_alone(one) else usual
        found.pop("examples", None)
    if whole := section(model, key):
        found["defaultSnippets"] = [whole]
        found.pop("examples", None)
    return found
