"""`Document` → `Manifest`: every problem of shape in one run, each at its place.

The document is walked beside the shapes of the models: every scalar is given the type that its key wants, unknown keys
are refused and missing ones reported. No model is made of a value that this has not checked.
"""

from __future__ import annotations

import re
from typing import Any

from pipegen import fixes
from pipegen.diagnostics import SECRET, Finding, Place, Proposal, Rule, among, dotted, quoted
from pipegen.document import Document, Mapping, Node, Scalar, Sequence
from pipegen.forbidden import EXPRESSION, is_forbidden
from pipegen.frozen import Frozen
from pipegen.manifest.root import MODELS, AnyManifest, Components
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Boolean, Choice, Integer, Key, Leaf, ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text
from pipegen.route import Route
from pipegen.rules.shape import (
    AmbiguousScalar,
    ExpressionInText,
    InvalidValue,
    MissingKey,
    ReservedVariable,
    SecretInText,
    UnknownKey,
    UnsupportedVersion,
    WrongType,
)
from pipegen.scalars import reads_as_other_than_text
from pipegen.suggest import nearest
from pipegen.wording import (
    did_you_mean,
    example_of,
    example_value,
    hint,
    is_absent,
    spelling_of,
    titled,
    wanted_by,
    what_is,
)

VERSIONS = ("1",)

_RESERVED = "{} is a variable that belongs to the tools that run a command"
_RENAME = "use another name, or set it in the command that needs it"
_DECIMAL = "0|[1-9][0-9]{0,15}"


class Validation(Frozen):
    """What came of validating.

    `manifest` is there when the rules that look at several values can be asked. Where `findings` tell of a value that
    cannot be used, an example of its kind stands in the manifest instead, at one of the routes `replaced`.
    """

    manifest: AnyManifest | None
    findings: tuple[Finding, ...]
    replaced: frozenset[Route] = frozenset()

    def is_of_an_example(self, finding: Finding) -> bool:
        """Whether a rule speaks of a value that is not the user's."""
        routes = [_lone(route) for route in (finding.place.route, *(place.route for place, _ in finding.related))]
        return any(route[: len(one)] == one for route in routes for one in map(_lone, self.replaced))


def _lone(route: Route) -> Route:
    """The route without the index of a first item, which may stand alone and then has none."""
    return tuple(step for step in route if step != 0)


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
    typing = _Typing({finding.place.route for finding in findings})
    meant = {}
    if findings and model is not Components:
        meant["kind"] = next(kind for kind, other in MODELS.items() if other is model)
    manifest: AnyManifest | None = typing.record(document.root, model, (), meant)
    findings += typing.findings + typing.missing
    return Validation(manifest if typing.complete else None, tuple(findings), frozenset(typing.replaced))


def _model(root: Mapping) -> tuple[type[AnyManifest] | None, list[Finding]]:
    """The model that the manifest's `kind` or `components` chooses, before anything else is read."""
    kind, components = root.get("kind"), root.get("components")
    if kind and components:
        message = "a manifest states `kind` for one component, or `components` for several, and this one has both"
        other = ((Place(("components",), key=True), "the other one"),)
        remedy = "move `kind`, `name` and what belongs to them into an entry of `components`"
        return Components, [Finding(UnknownKey, Place(("kind",), key=True), message, remedy=remedy, related=other)]
    if components:
        return Components, []
    if kind is None:
        message = "`kind` is missing: the manifest does not say what this repository is"
        remedy = f"add `kind: {among(list(MODELS))}`, or `components:`"
        return None, [Finding(MissingKey, Place(()), message, remedy=remedy)]
    if not isinstance(kind[1], Scalar) or is_absent(kind[1]):
        message = f"`kind` is {among(list(MODELS))}, not {what_is(kind[1])}"
        return None, [Finding(WrongType, Place(("kind",)), message)]
    text = kind[1].text
    if text in MODELS:
        return MODELS[text], []
    suggestions = nearest(text, MODELS)
    message = f"{quoted(text)} is not a kind: {among(list(MODELS))}"
    place = Place(("kind",))
    fix = (fixes.rename(place, suggestions[0]),) if len(suggestions) == 1 else ()
    finding = Finding(InvalidValue, place, message, label=did_you_mean(suggestions), fixes=fix)
    return MODELS[suggestions[0]] if suggestions else None, [finding]  # the rest is read as what was meant


class _Dropped:
    """Stands for a section that has another shape than it should."""


_DROPPED = _Dropped()
_PLAIN = 0.75
"""How alike a key must be to the only one that it may be for its value to be read as of that one."""
_SUGGESTIONS = 100
"""With more findings than these, what somebody may have meant by a key is not looked up: nobody reads so many."""


class _Typing:
    """One walk over a document. `replaced` are the places of values that cannot be used and need no second complaint.

    Where a key is missing no manifest can be made: the walk goes on, and is not `complete`.
    """

    def __init__(self, replaced: set[Route]) -> None:
        self.findings: list[Finding] = []
        self.missing: list[Finding] = []
        self.replaced = replaced
        self.complete = True

    def report(
        self,
        rule: type[Rule],
        place: Place,
        message: str,
        label: str = "",
        remedy: str = "",
        fix: Proposal | None = None,
    ) -> None:
        self.findings.append(Finding(rule, place, message, label, remedy, fixes=(fix,) if fix else ()))

    def drop(self, route: Route, message: str, remedy: str = "") -> _Dropped:
        """Report a section of another shape, and go on without it."""
        self.report(WrongType, Place(route), message, remedy=remedy)
        self.replaced.add(route)
        return _DROPPED

    def replace(
        self,
        shape: Leaf,
        rule: type[Rule],
        route: Route,
        message: str,
        label: str = "",
        remedy: str = "",
        fix: Proposal | None = None,
    ) -> Any:
        """Report a leaf that cannot be used, and go on with an example, so that one run tells everything."""
        self.report(rule, Place(route), message, label, remedy, fix)
        self.replaced.add(route)
        return example_value(shape)

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
            message = f"{dotted(route)} wants {wanted_by(shape)}, not {what_is(node)}"
            return self.replace(shape, WrongType, route, message, remedy=remedy)
        match shape:
            case Boolean():
                return self.boolean(node, shape, route)
            case Integer():
                return self.integer(node, shape, route)
            case Choice():
                return self.choice(node, shape, route)
            case Text():
                return self.text(node, shape, route)

    def record(self, node: Node, model: type[Section], route: Route, meant: dict[str, Any] | None = None) -> Any:
        """A section, with values that are `meant` by what the manifest says of them elsewhere."""
        if not isinstance(node, Mapping):
            if model.shorthand and not is_absent(node):
                alone = keys(model)[model.shorthand]
                return self._section(model, {alone.field: self.value(node, alone.shape, route)}, route)
            return self._not_a_mapping(node, model, route)
        typed = dict(meant or {})
        for key, child in node.entries:
            inner = (*route, key.text)
            if inner in self.replaced:
                continue
            if known := keys(model).get(key.text):
                value = self.value(child, known.shape, inner)
                if value is not _DROPPED:
                    typed[known.field] = value
            elif meant_key := self._unknown(key, model, inner, node):
                value = self.value(child, meant_key.shape, inner)
                if value is not _DROPPED:
                    typed[meant_key.field] = value
        return self._section(model, typed, route)

    def _section(self, model: type[Section], typed: dict[str, Any], route: Route) -> Section | None:
        missing = [key for key, described in keys(model).items() if described.required and described.field not in typed]
        if not missing:
            return model(**typed)
        self.complete = False
        for key in missing:
            inner = (*route, key)
            if not any(inner[:length] in self.replaced for length in range(1, len(inner) + 1)):
                self.missing.append(_missing(key, keys(model)[key].shape, model, route))
        return None

    def _not_a_mapping(self, node: Node, model: type[Section], route: Route) -> Any:
        example = next((key for key, described in keys(model).items() if described.required), next(iter(keys(model))))
        alone = keys(model)[model.shorthand].shape if model.shorthand else None
        wanted = f"{wanted_by(alone)}, or a mapping" if isinstance(alone, Text) else "a mapping"
        message = f"{dotted(route)} wants {wanted}, not {what_is(node)}"
        self.drop(route, message, remedy=f"write its keys below it, such as `{example}:`")
        return example_value(Record(model))

    def _unknown(self, key: Scalar, model: type[Section], route: Route, mapping: Mapping) -> Key | None:
        """Report a key, and give the one that it plainly is, misspelt: its value is read, so that no rule misses it."""
        place = Place(route, key=True)
        parent = dotted(route[:-1]) if len(route) > 1 else titled(model)
        few = ", ".join(keys(model)) if len(route) > 1 and len(keys(model)) <= 6 else ""
        suggestions = nearest(key.text, keys(model)) if len(self.findings) < _SUGGESTIONS else []
        label = did_you_mean(suggestions) or (f"its keys are {few}" if few else "")
        elsewhere = [kind for kind, other in MODELS.items() if key.text in keys(other)]
        if len(route) == 1 and elsewhere and model is not Components:
            label = f"it belongs to the kind {among(elsewhere)}"
            suggestions = []
        sure = len(suggestions) == 1 and not mapping.get(suggestions[0])
        fix = fixes.rename(place, suggestions[0]) if sure else None
        if sure:  # and then it is not missing
            self.replaced.add((*route[:-1], suggestions[0]))
        self.report(UnknownKey, place, f"{quoted(key.text)} is not a key of {parent}", label, fix=fix)
        return keys(model)[suggestions[0]] if sure and nearest(key.text, suggestions, _PLAIN) else None

    def mapping(self, node: Node, shape: MapOf, route: Route) -> Any:
        if not isinstance(node, Mapping):
            message = f"{dotted(route)} wants a mapping, not {what_is(node)}"
            return self.drop(route, message, remedy=f"write its entries below it, such as `{shape.key.example}:`")
        self._count(len(node.entries), shape.items.minimum, shape.items.maximum, route)
        typed = {}
        for key, child in node.entries[: shape.items.maximum]:
            inner = (*route, key.text)
            if self._is_allowed(key, shape.key, inner):
                value = self.value(child, shape.value, inner)
                if value is not _DROPPED:
                    typed[key.text] = value
        return typed

    def _is_allowed(self, key: Scalar, shape: Text, route: Route) -> bool:
        place = Place(route, key=True)
        self._guard(key, place)
        if problem := shape.problem(key.text):
            message = f"the key {quoted(key.text)} {problem}"
            meant = spelling_of(key.text, shape)
            fix = fixes.rename(place, meant) if meant else None
            self.report(InvalidValue, place, message, hint(key.text, shape), fix=fix)
        elif shape.is_reserved(key.text):
            self.report(ReservedVariable, place, _RESERVED.format(quoted(key.text)), remedy=_RENAME)
        else:
            return True
        self.replaced.add(route)
        return False

    def sequence(self, node: Node, shape: ListOf, route: Route) -> Any:
        if not isinstance(node, Sequence):
            if shape.lone and not is_absent(node):
                value = self.value(node, shape.item, route)
                return value if value is _DROPPED else (value,)
            message = f"{dotted(route)} wants a list, not {what_is(node)}"
            return self.drop(route, message, remedy=f"write it as a list: `[{example_of(shape.item) or '…'}]`")
        self._count(len(node.items), shape.items.minimum, shape.items.maximum, route)
        items = node.items[: shape.items.maximum]
        if shape.items.unique:
            self._repeated(items, route)
        values = [self.value(item, shape.item, (*route, index)) for index, item in enumerate(items)]
        return tuple(value for value in values if value is not _DROPPED)

    def _count(self, count: int, minimum: int, maximum: int, route: Route) -> None:
        """Report a number of items that cannot be. Those beyond the maximum are not read: they may be thousands."""
        if count > maximum:
            self.replaced.add(route)
        if not minimum <= count <= maximum:
            bound = f"at least {minimum}" if count < minimum else f"at most {maximum}"
            self.report(
                InvalidValue, Place(route, key=True), f"{dotted(route)} has {count:,} items, and must have {bound}"
            )

    def _repeated(self, items: tuple[Node, ...], route: Route) -> None:
        seen: set[str] = set()
        for index, item in enumerate(items):
            if isinstance(item, Scalar):
                if item.text in seen:
                    message = f"{quoted(item.text)} is listed twice in {dotted(route)}"
                    place = Place((*route, index))
                    self.report(InvalidValue, place, message, "delete one", fix=fixes.delete(place))
                seen.add(item.text)

    def boolean(self, node: Scalar, shape: Boolean, route: Route) -> Any:
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        message = f"{dotted(route)} is `true` or `false`, not {quoted(node.text)}"
        meant = fixes.TRUTH.get(node.text.lower())
        fix, label = (fixes.spell(Place(route), meant), f"write `{meant}`") if meant else (None, "")
        return self.replace(shape, WrongType, route, message, label, fix=fix)

    def integer(self, node: Scalar, shape: Integer, route: Route) -> Any:
        if not (node.plain and re.fullmatch(_DECIMAL, node.text)):
            message = f"{dotted(route)} wants a whole number, not {what_is(node)}"
            pair = re.fullmatch("([0-9]{1,5}):\\1", node.text)
            remedy = f"write `{pair[1]}`" if pair else "write it in decimal digits, without quotes"
            meant = pair[1] if pair else node.text
            plainly = fixes.spell(Place(route), meant) if re.fullmatch(_DECIMAL, meant) else None
            return self.replace(shape, WrongType, route, message, remedy=remedy, fix=plainly)
        number = int(node.text)
        if not shape.limits.minimum <= number <= shape.limits.maximum:
            message = f"{dotted(route)} is {number}, and may be {shape.limits.minimum} to {shape.limits.maximum}"
            return self.replace(shape, InvalidValue, route, message)
        return number

    def choice(self, node: Scalar, shape: Choice, route: Route) -> Any:
        if node.text in shape.words:
            return node.text
        message = f"{quoted(node.text)} is not a value of {dotted(route)}: {among(list(shape.words))}"
        suggestions = nearest(node.text, shape.words)
        fix = fixes.rename(Place(route), suggestions[0]) if len(suggestions) == 1 else None
        return self.replace(shape, InvalidValue, route, message, did_you_mean(suggestions), fix=fix)

    def text(self, node: Scalar, shape: Text, route: Route) -> Any:
        if is_absent(node):
            remedy = f"write one, such as `{shape.example}`"
            return self.replace(shape, WrongType, route, f"{dotted(route)} has no value", remedy=remedy)
        if node.plain and reads_as_other_than_text(node.text):
            message = f"{dotted(route)} is a text, and YAML readers take {quoted(node.text)} for something else"
            quote = fixes.quote(Place(route), node.text)
            self.report(AmbiguousScalar, Place(route), message, f'write "{node.text}"', fix=quote)
        if self._guard(node, Place(route)):
            self.replaced.add(route)
            return shape.example
        if problem := shape.problem(node.text):
            message = f"{dotted(route)}: {quoted(node.text)} {problem}"
            meant = spelling_of(node.text, shape)
            fix = fixes.rename(Place(route), meant) if meant else None
            return self.replace(shape, InvalidValue, route, message, hint(node.text, shape), fix=fix)
        if shape.is_reserved(node.text):
            return self.replace(shape, ReservedVariable, route, _RESERVED.format(quoted(node.text)), "", _RENAME)
        return node.text

    def _guard(self, node: Scalar, place: Place) -> bool:
        """Report what no text of a manifest may hold, whatever its class, and say whether there was any."""
        if not is_forbidden(node.text):
            return False
        if found := EXPRESSION.search(node.text):
            message = f"{dotted(place.route)} holds `{found[0]}`, which would be evaluated where it arrives"
            remedy = "in a command, use the environment variables that GitHub sets, such as `$GITHUB_SHA`"
            self.report(ExpressionInText, Place(place.route, place.key, found[0]), message, remedy=remedy)
        if SECRET.search(node.text):
            message = f"{dotted(place.route)} looks like a credential; it is not repeated here"
            remedy = "take it out of the file, and have its issuer replace it: it is no longer secret"
            self.report(SecretInText, place, message, remedy=remedy)
        return True


def _missing(key: str, shape: Shape, model: type[Section], route: Route) -> Finding:
    from pipegen.manifest.documentation import later_keys  # only a manifest with a mistake pays for it

    parent = dotted(route) if route else titled(model)
    example = example_of(shape)
    remedy = f"add `{f'{key}: {example}'.rstrip()}`"
    added = (fixes.add(route, key, example, later_keys(key, model)),) if example else ()
    message = f"{parent} must have the key `{key}`"
    return Finding(MissingKey, Place(route, key=True), message, remedy=remedy, fixes=added)
