"""`Document` → `Manifest`: every problem of shape in one run, each at its place.

Two passes. The first is ours: it walks the document beside the shapes of the models, gives every scalar the type
that its key wants, and refuses unknown keys. pydantic then checks what is left, on Python values in strict mode:
its own reading of text would take ``yes`` for true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from pipegen.diagnostics import SECRET, Finding, Place, Rule, among, dotted, quoted
from pipegen.manifest.root import MODELS, AnyManifest, Components
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Boolean, Choice, Integer, ListOf, MapOf, Record, Shape, key_at, keys
from pipegen.manifest.strings import Text
from pipegen.route import Route
from pipegen.rules.shape import (
    AmbiguousScalar,
    ExpressionInText,
    InvalidValue,
    MissingKey,
    NotInThisVersion,
    ReservedVariable,
    SecretInText,
    UnknownKey,
    UnsupportedVersion,
    WrongType,
)
from pipegen.scalars import reads_as_other_than_text
from pipegen.source import Document, Mapping, Node, Scalar, Sequence
from pipegen.suggest import nearest

VERSIONS = ("1",)

_EXPRESSION = re.compile(r"\$\{\{|\{\{resolve:")


@dataclass(frozen=True, slots=True)
class Validation:
    """What came of validating. `manifest` is there when the rules that look at several values can be asked."""

    manifest: AnyManifest | None
    findings: tuple[Finding, ...]


def validate(document: Document) -> Validation:
    """Check the document against the language and build its manifest."""
    version = document.root.get("version")
    if version and isinstance(version[1], Scalar) and version[1].plain and version[1].text not in VERSIONS:
        known = among(list(VERSIONS))
        message = f"version {quoted(version[1].text)} of the language is not known to this pipegen"
        place = Place(("version",))
        return Validation(None, (Finding(UnsupportedVersion, place, message, remedy=f"it compiles version {known}"),))
    model, findings = _model(document.root)
    if model is None:
        return Validation(None, tuple(findings))
    typing = _Typing(dropped=bool(findings), reported={finding.place.route for finding in findings})
    value = typing.record(document.root, model, ())
    findings += typing.findings
    manifest: AnyManifest | None = None
    try:
        manifest = model.model_validate(value)
    except ValidationError as error:
        findings += _constraints(error, typing, model)
    return Validation(None if typing.dropped else manifest, tuple(findings))


def _model(root: Mapping) -> tuple[type[AnyManifest] | None, list[Finding]]:
    """The model that the manifest's `kind` or `components` chooses, before pydantic is asked."""
    kind, components = root.get("kind"), root.get("components")
    if kind and components:
        message = "a manifest states `kind` for one component, or `components` for several, and this one has both"
        other = ((Place(("kind",), key=True), "the other one"),)
        remedy = "move `kind`, `name` and what belongs to them into an entry of `components`"
        return Components, [
            Finding(UnknownKey, Place(("components",), key=True), message, remedy=remedy, related=other)
        ]
    if components:
        return Components, []
    if kind is None:
        message = "`kind` is missing: the manifest does not say what this repository is"
        return None, [
            Finding(MissingKey, Place(()), message, remedy=f"add `kind: {among(list(MODELS))}`, or `components:`")
        ]
    text = kind[1].text if isinstance(kind[1], Scalar) else ""
    if text in MODELS:
        return MODELS[text], []
    suggestions = nearest(text, MODELS)
    message = f"{quoted(text)} is not a kind: {among(list(MODELS))}"
    finding = Finding(InvalidValue, Place(("kind",)), message, label=_did_you_mean(suggestions))
    return MODELS[suggestions[0]] if suggestions else None, [finding]  # the rest is read as what was meant


def _did_you_mean(suggestions: list[str]) -> str:
    return f"did you mean {among([f'`{word}`' for word in suggestions])}?" if suggestions else ""


class _Dropped:
    """Stands for a value that could not be typed."""


_DROPPED = _Dropped()


@dataclass
class _Typing:
    """The first pass. `reported` are the places that pydantic need not complain of again."""

    findings: list[Finding] = field(default_factory=list)
    reported: set[Route] = field(default_factory=set)
    dropped: bool = False

    def report(self, rule: type[Rule], place: Place, message: str, label: str = "", remedy: str = "") -> None:
        self.findings.append(Finding(rule, place, message, label, remedy))

    def drop(self, rule: type[Rule], route: Route, message: str, label: str = "", remedy: str = "") -> _Dropped:
        self.report(rule, Place(route), message, label, remedy)
        self.reported.add(route)
        self.dropped = True
        return _DROPPED

    def value(self, node: Node, shape: Shape, route: Route) -> Any:
        """The node as the Python value that the shape wants, or `_DROPPED` with a finding."""
        match shape:
            case Record(model):
                return self.record(node, model, route)
            case MapOf():
                return self.mapping(node, shape, route)
            case ListOf():
                return self.sequence(node, shape, route)
        if not isinstance(node, Scalar):
            remedy = "quote a text that has `: ` in it" if isinstance(shape, Text) and isinstance(node, Mapping) else ""
            message = f"{dotted(route)} wants {_wanted(shape)}, not {_what(node)}"
            return self.drop(WrongType, route, message, remedy=remedy)
        match shape:
            case Boolean():
                return self.boolean(node, route)
            case Integer():
                return self.integer(node, shape, route)
            case Choice():
                return self.choice(node, shape, route)
            case Text():
                return self.text(node, shape, route)

    def record(self, node: Node, model: type[Section], route: Route) -> Any:
        if not isinstance(node, Mapping):
            if model.shorthand and not _absent(node):
                return {model.shorthand: self.value(node, keys(model)[model.shorthand].shape, route)}
            return self._not_a_mapping(node, model, route)
        typed = {}
        for key, child in node.entries:
            inner = (*route, key.text)
            if inner in self.reported:
                continue
            if known := keys(model).get(key.text):
                value = self.value(child, known.shape, inner)
                if value is not _DROPPED:
                    typed[key.text] = value
            else:
                self._unknown(key, model, inner)
        return typed

    def _not_a_mapping(self, node: Node, model: type[Section], route: Route) -> _Dropped:
        example = next((key for key, described in keys(model).items() if described.required), next(iter(keys(model))))
        alone = keys(model)[model.shorthand].shape if model.shorthand else None
        wanted = f"{_wanted(alone)}, or a mapping" if isinstance(alone, Text) else "a mapping"
        message = f"{dotted(route)} wants {wanted}, not {_what(node)}"
        return self.drop(WrongType, route, message, remedy=f"write its keys below it, such as `{example}:`")

    def _unknown(self, key: Scalar, model: type[Section], route: Route) -> None:
        place = Place(route, key=True)
        if key.text in model.later:
            message = f"{quoted(key.text)} is not in this version of pipegen"
            remedy = "delete it; what cannot be compiled is refused rather than ignored"
            self.report(NotInThisVersion, place, message, remedy=remedy)
            return
        parent = dotted(route[:-1]) if len(route) > 1 else _titled(model)
        label = _did_you_mean(nearest(key.text, keys(model)))
        elsewhere = [kind for kind, other in MODELS.items() if key.text in (*keys(other), *other.later)]
        if len(route) == 1 and elsewhere:
            label = f"it belongs to the kind {among(elsewhere)}"
        self.report(UnknownKey, place, f"{quoted(key.text)} is not a key of {parent}", label)

    def mapping(self, node: Node, shape: MapOf, route: Route) -> Any:
        if not isinstance(node, Mapping):
            message = f"{dotted(route)} wants a mapping, not {_what(node)}"
            return self.drop(
                WrongType, route, message, remedy=f"write its entries below it, such as `{shape.key.example}:`"
            )
        self._count(len(node.entries), shape.items.minimum, shape.items.maximum, route)
        typed = {}
        for key, child in node.entries:
            inner = (*route, key.text)
            self._guard(key, Place(inner, key=True))
            value = self.value(child, shape.value, inner)
            if value is not _DROPPED:
                typed[key.text] = value
        return typed

    def sequence(self, node: Node, shape: ListOf, route: Route) -> Any:
        if not isinstance(node, Sequence):
            if shape.lone and isinstance(node, Scalar) and not _absent(node):
                value = self.value(node, shape.item, route)
                return value if value is _DROPPED else (value,)
            message = f"{dotted(route)} wants a list, not {_what(node)}"
            example = shape.item.example if isinstance(shape.item, Text) else "…"
            return self.drop(WrongType, route, message, remedy=f"write it as a list: `[{example}]`")
        self._count(len(node.items), shape.items.minimum, shape.items.maximum, route)
        values = [self.value(item, shape.item, (*route, index)) for index, item in enumerate(node.items)]
        return tuple(value for value in values if value is not _DROPPED)

    def _count(self, count: int, minimum: int, maximum: int, route: Route) -> None:
        if not minimum <= count <= maximum:
            bound = f"at least {minimum}" if count < minimum else f"at most {maximum}"
            self.report(
                InvalidValue, Place(route, key=True), f"{dotted(route)} has {count:,} items, and must have {bound}"
            )

    def boolean(self, node: Scalar, route: Route) -> Any:
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        return self.drop(WrongType, route, f"{dotted(route)} is `true` or `false`, not {quoted(node.text)}")

    def integer(self, node: Scalar, shape: Integer, route: Route) -> Any:
        if not (node.plain and re.fullmatch("0|[1-9][0-9]{0,15}", node.text)):
            message = f"{dotted(route)} wants a whole number, not {_what(node)}"
            return self.drop(WrongType, route, message, remedy="write it in decimal digits, without quotes")
        number = int(node.text)
        if not shape.limits.minimum <= number <= shape.limits.maximum:
            message = f"{dotted(route)} is {number}, and may be {shape.limits.minimum} to {shape.limits.maximum}"
            return self.drop(InvalidValue, route, message)
        return number

    def choice(self, node: Scalar, shape: Choice, route: Route) -> Any:
        if node.text in shape.words:
            return node.text
        message = f"{quoted(node.text)} is not a value of {dotted(route)}: {among(list(shape.words))}"
        return self.drop(InvalidValue, route, message, _did_you_mean(nearest(node.text, shape.words)))

    def text(self, node: Scalar, shape: Text, route: Route) -> Any:
        if _absent(node):
            return self.drop(
                WrongType, route, f"{dotted(route)} has no value", remedy=f"write one, such as `{shape.example}`"
            )
        if node.plain and reads_as_other_than_text(node.text):
            message = f"{dotted(route)} is a text, and YAML readers take {quoted(node.text)} for something else"
            self.report(AmbiguousScalar, Place(route), message, f'write "{node.text}"')
        self._guard(node, Place(route))
        return node.text

    def _guard(self, node: Scalar, place: Place) -> None:
        """Refuse what no text of a manifest may hold, whatever its class."""
        if found := _EXPRESSION.search(node.text):
            message = f"{dotted(place.route)} holds `{found[0]}`, which would be evaluated where it arrives"
            remedy = "in a command, use the environment variables that GitHub sets, such as `$GITHUB_SHA`"
            self.report(ExpressionInText, place, message, remedy=remedy)
        if SECRET.search(node.text):
            message = f"{dotted(place.route)} looks like a credential; it is not repeated here"
            remedy = "take it out of the file, and have its issuer replace it: it is no longer secret"
            self.report(SecretInText, place, message, remedy=remedy)


def _titled(model: type[Section]) -> str:
    """A manifest as a message names it, by the model that was chosen for it."""
    kind = next((kind for kind, other in MODELS.items() if other is model), None)
    return f"a manifest of kind `{kind}`" if kind else "a manifest with `components`"


def _absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text == ""


def _what(node: Node) -> str:
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case Scalar(text="", plain=True):
            return "nothing"
        case Scalar(text=text, plain=plain):
            return quoted(text if plain else f'"{text}"')


def _wanted(shape: Text | Integer | Boolean | Choice) -> str:
    match shape:
        case Text(example=example):
            return f"a text such as `{example}`"
        case Integer():
            return "a whole number"
        case Boolean():
            return "`true` or `false`"
        case Choice(words):
            return among([f"`{word}`" for word in words])


def _constraints(error: ValidationError, typing: _Typing, model: type[Section]) -> list[Finding]:
    """What pydantic found, but for what the first pass has said already."""
    found = []
    for detail in error.errors(include_url=False, include_input=True):
        key = detail["loc"][-1:] == ("[key]",)
        route: Route = detail["loc"][:-1] if key else detail["loc"]
        if any(route[: len(reported)] == reported for reported in typing.reported):
            continue
        context = detail.get("ctx", {})
        match detail["type"]:
            case "missing":
                found.append(_missing(route, model))
            case "reserved-variable":
                message = f"{quoted(str(route[-1]))} is a variable that belongs to the tools of a job"
                remedy = "use another name, or set it in the command that needs it"
                found.append(Finding(ReservedVariable, Place(route, key), message, remedy=remedy))
            case _:
                found.append(_invalid(route, key, str(detail["input"]), context))
    return found


def _invalid(route: Route, key: bool, value: str, context: dict[str, Any]) -> Finding:
    what = f"the key {quoted(value)}" if key else f"{dotted(route)}: {quoted(value)}"
    odd = next((c for c in value if not c.isascii()), None)
    label = (
        f"U+{ord(odd):04X} is not ASCII" if odd else f"such as `{context['example']}`" if "example" in context else ""
    )
    return Finding(InvalidValue, Place(route, key), f"{what} {context.get('problem', 'is not valid')}", label)


def _missing(route: Route, model: type[Section]) -> Finding:
    described = key_at(route, model)
    parent = dotted(route[:-1]) if len(route) > 1 else _titled(model)
    example = f"{route[-1]}: {_example(described.shape) if described else ''}".rstrip()
    message = f"{parent} must have the key `{route[-1]}`"
    return Finding(MissingKey, Place(route[:-1], key=True), message, remedy=f"add `{example}`")


def _example(shape: Shape) -> str:
    """A value as a person would write it; nothing for what takes several lines."""
    match shape:
        case Text(example=example):
            return f'"{example}"' if reads_as_other_than_text(example) else example
        case Integer(limits):
            return str(limits.minimum)
        case Choice(words):
            return words[0]
        case Record(model) if model.shorthand:
            return _example(keys(model)[model.shorthand].shape)
        case ListOf(item):
            return f"[{_example(item)}]"
        case _:
            return ""
