"""YAML text → `Document`: nodes as text, with the position of every key and value.

No scalar is typed here: YAML 1.1 and 1.2 readers disagree on what ``no``, ``012`` and ``22:22`` are, so the
schema decides (`validate`). Only a subset of YAML is accepted, without any feature by which a reader could be
led to see something else than a reviewer: https://yaml.org/spec/1.2.2/ anchors, aliases, tags, directives,
merge keys and further documents are refused.

The parser is libyaml's, read event by event: its composer would recurse into deep nesting and die.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from pipegen.diagnostics import Diagnostic, Fix, Related, Rule, Safety, Span, character, quoted
from pipegen.document import Document, Mapping, Node, Scalar, Sequence
from pipegen.frozen import Frozen
from pipegen.locate import entry_removed
from pipegen.rules.reading import (
    DuplicateKey,
    EmptyManifest,
    ForbiddenCharacter,
    NotUtf8,
    TooLarge,
    YamlFeature,
    YamlSyntax,
)
from pipegen.syntax import syntax_error

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_NODES = 20_000
MAX_FORBIDDEN = 1_000
"""How many forbidden characters are told of; a file of them has 200,000."""

_FORBIDDEN = re.compile(
    # Controls but tab and line feed; what editors show as nothing, or as text in another order (CVE-2021-42574);
    # line ends that only some readers know; lone surrogates, tags and non-characters.
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)


class Reading(Frozen):
    """What came of reading: a document where one could be made, and every problem that was seen on the way."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]


def read(data: bytes, file: str) -> Reading:
    """Read the bytes of a manifest. Never raises on what a file can contain."""
    reader = _Reader(file)
    try:
        text = reader.decode(data)
        root = reader.root(text)
    except _StopReadingError:
        return Reading(None, tuple(reader.diagnostics))
    if reader.diagnostics:
        return Reading(None, (*reader.diagnostics, *map(reader.repeated, reader.repeats)))
    document = Document(file, text, root)
    return Reading(document, tuple(reader.repeated(repeat, document) for repeat in reader.repeats))


class _StopReadingError(Exception):
    """Nothing sensible can be said of the rest of the file."""


class _Collection:
    """A mapping or sequence whose end has not been reached, and how many keys had been stated again before it.

    A key waits in `key` for its value.
    """

    def __init__(self, start: yaml.CollectionStartEvent, repeats: int) -> None:
        self.start = start
        self.repeats = repeats
        self.mapping = isinstance(start, yaml.MappingStartEvent)
        self.nodes: list[Node] = []
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.key: Scalar | None = None


class _Repeat(Frozen):
    """A key that is stated again, with the value that it has there, and as it stands first; perhaps in ``{…}``."""

    key: Scalar
    value: Node
    first: tuple[Scalar, Node]
    in_flow: bool


class _Reader:
    """One run over a file, collecting what is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []
        self.repeats: list[_Repeat] = []
        self.with_repeats: set[Span] = set()
        self.stack: list[_Collection] = []
        self.documents = False

    def report(
        self, rule: type[Rule], span: Span, message: str, remedy: str = "", related: Related | None = None
    ) -> None:
        self.diagnostics.append(
            Diagnostic(rule, self.file, span, message, remedy=remedy, related=(related,) if related else ())
        )

    def stop(self, rule: type[Rule], span: Span, message: str, remedy: str = "") -> _StopReadingError:
        self.report(rule, span, message, remedy)
        return _StopReadingError()

    # Bytes → text

    def decode(self, data: bytes) -> str:
        if len(data) > MAX_BYTES:
            message = f"the manifest has {len(data):,} bytes, more than {MAX_BYTES:,}"
            raise self.stop(TooLarge, Span(1, 1, 1, 1), message, "keep data out of the manifest; it only names things")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
            message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
            span = Span(line, column, line, column + 1)
            raise self.stop(NotUtf8, span, message, "save the file as UTF-8") from None
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        if _FORBIDDEN.search(text):
            self._forbid_in(text)
            raise _StopReadingError
        return text

    def _forbid_in(self, text: str) -> None:
        """Report each forbidden character once a line, however often it stands there, until it is no text at all."""
        for number, line in enumerate(text.split("\n"), 1):
            first: dict[str, int] = {}
            for match in _FORBIDDEN.finditer(line):
                first.setdefault(match[0], match.start() + 1)
            for c, column in first.items():
                self._forbid(c, Span(number, column, number, column + 1))
            if len(self.diagnostics) > MAX_FORBIDDEN:
                message = f"these are more than {MAX_FORBIDDEN:,}; what stands below was not looked at"
                raise self.stop(ForbiddenCharacter, Span(number, 1, number, 1), message, "is this file text?")

    def _forbid(self, c: str, span: Span) -> None:
        self.report(ForbiddenCharacter, span, f"{character(c)} may not stand in a manifest", "delete the character")

    # Text → nodes

    def root(self, text: str) -> Mapping:
        try:
            return self._compose(text)
        except yaml.MarkedYAMLError as error:
            self.diagnostics.append(syntax_error(error, self.file, text))
            raise _StopReadingError from None

    def _compose(self, text: str) -> Mapping:
        root: Node | None = None
        for count, event in enumerate(_events(text)):
            if count > 2 * MAX_NODES:
                raise self.stop(TooLarge, _span(event), f"the manifest has more than {MAX_NODES:,} nodes")
            self._refuse_features(event, text)
            if isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif (node := self._node(event)) is None:
                continue
            elif self.stack:
                self._add(self.stack[-1], node)
            elif root is None:
                root = node
        return self._mapping_at_root(root)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.stack) == MAX_DEPTH:
            raise self.stop(TooLarge, _span(event), f"the manifest is nested deeper than {MAX_DEPTH} levels")
        self.stack.append(_Collection(event, len(self.repeats)))

    def _node(self, event: yaml.Event) -> Node | None:
        """The node that an event completes."""
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event)
            case yaml.CollectionEndEvent():
                return self._collected(self.stack.pop(), event)
            case yaml.AliasEvent():
                return Scalar("", False, _span(event))  # reported already; keeps what follows in step
            case _:
                return None

    def _collected(self, closed: _Collection, end: yaml.Event) -> Mapping | Sequence:
        span = _span(closed.start, end)
        if len(self.repeats) > closed.repeats:
            self.with_repeats.add(span)
        return Mapping(tuple(closed.entries.values()), span) if closed.mapping else Sequence(tuple(closed.nodes), span)

    def _add(self, parent: _Collection, node: Node) -> None:
        if not parent.mapping:
            parent.nodes.append(node)
        elif parent.key is None:
            if not isinstance(node, Scalar):
                raise self.stop(YamlFeature, node.span, "a key must be a plain word, not a mapping or a sequence")
            parent.key = node
        else:
            self._add_entry(parent, parent.key, node)
            parent.key = None

    def _add_entry(self, parent: _Collection, key: Scalar, value: Node) -> None:
        if key.text == "<<" and key.plain:
            self.report(YamlFeature, key.span, "a merge key (`<<`) is not part of the language", "write the keys out")
        elif key.text in parent.entries:
            self.repeats.append(_Repeat(key, value, parent.entries[key.text], bool(parent.start.flow_style)))
        else:
            parent.entries[key.text] = (key, value)

    def repeated(self, repeat: _Repeat, document: Document | None = None) -> Diagnostic:
        """The diagnostic of a key that is stated again; with a fix where the rest of the file can be read.

        Where a value holds such a key as well, that one comes first.
        """
        key, value = repeat.key, repeat.value
        first, first_value = repeat.first
        can_be_told = not (repeat.in_flow or self.with_repeats & {value.span, first_value.span})
        edit = entry_removed(document, key, value) if document and can_be_told else None
        safety = Safety.SAFE if _said(value) == _said(first_value) else Safety.MANUAL
        return Diagnostic(
            DuplicateKey,
            self.file,
            key.span,
            f"{quoted(key.text)} is stated twice",
            remedy="keep one of the two",
            related=(Related(self.file, first.span, "it stands here first"),),
            fixes=(Fix(f"delete the second {quoted(key.text)}", safety, (edit,)),) if edit else (),
        )

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        span = _span(event)
        for c in sorted(set(_FORBIDDEN.findall(event.value))):
            self._forbid(c, span)
        return Scalar(event.value, not event.style, span)

    def _refuse_features(self, event: yaml.Event, text: str) -> None:
        write_out = "write the value out where it is used"
        match event:
            case yaml.ScalarEvent(anchor=None, tag=None) | yaml.CollectionStartEvent(anchor=None, tag=None):
                pass
            case yaml.AliasEvent(anchor=anchor):
                message = f"an alias ({quoted(f'*{anchor}')}) is not part of the language"
                self.report(YamlFeature, _span(event), message, write_out)
            case yaml.NodeEvent(anchor=anchor) if anchor is not None:
                message = f"an anchor ({quoted(f'&{anchor}')}) is not part of the language"
                raise self.stop(YamlFeature, _span(event), message, write_out)
            case yaml.NodeEvent():
                span = _span(event)
                shown = quoted(text.splitlines()[span.line - 1][span.column - 1 :].split()[0])
                raise self.stop(YamlFeature, span, f"a tag ({shown}) is not part of the language", "delete the tag")
            case yaml.DocumentStartEvent() if event.version or event.tags:
                self.report(
                    YamlFeature, _span(event), "a directive (`%…`) is not part of the language", "delete the line"
                )
            case yaml.DocumentStartEvent() if self.documents:
                message = "a second document (`---`) is not part of the language"
                raise self.stop(YamlFeature, _span(event), message, "keep one manifest in a file")
            case yaml.DocumentStartEvent():
                self.documents = True

    def _mapping_at_root(self, root: Node | None) -> Mapping:
        if isinstance(root, Mapping):
            return root
        start = Span(1, 1, 1, 1)
        if root is None or (isinstance(root, Scalar) and root.plain and root.text == ""):
            remedy = "begin with `version: 1`, `kind:` and `name:`"
            raise self.stop(EmptyManifest, start, "the manifest is empty", remedy)
        raise self.stop(YamlSyntax, start, "the manifest must be a mapping of keys to values, such as `version: 1`")


def scalar_spans(text: str) -> Iterator[Span]:
    """Where the scalars of a readable text stand; a block begins below its `|`, where a comment can stand."""
    for event in _events(text):
        if isinstance(event, yaml.ScalarEvent):
            span = _span(event)
            in_block = event.style in ("|", ">")
            yield Span(span.line + 1, 1, span.end_line, span.end_column) if in_block else span


def _said(node: Node) -> object:
    """What a node says, wherever it stands."""
    match node:
        case Scalar(text, plain):
            return text, plain
        case Mapping(entries):
            return {key.text: _said(value) for key, value in entries}
        case Sequence(items):
            return [_said(item) for item in items]


def _events(text: str) -> Iterator[yaml.Event]:
    """Parsing events, without building or typing a node: https://pyyaml.org/wiki/PyYAMLDocumentation#events."""
    return iter(getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event, None)


def _span(first: yaml.Event, last: yaml.Event | None = None) -> Span:
    """Where an event stands, or all from one event to another."""
    start, end = first.start_mark, (last or first).end_mark
    assert start, "events of a text have marks"
    assert end
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
