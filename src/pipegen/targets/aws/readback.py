"""What a Terraform root says: as it is meant, and as a reader of the part of HCL that roots are written in reads it.

The reader is stricter than Terraform: what it accepts, Terraform reads alike, and it refuses what pipegen never writes.
https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipegen.frozen import Frozen
from pipegen.targets.aws.hcl import Block, Expression, Value
from pipegen.targets.rendered import Plain

_TOKEN = re.compile(
    r"""
    \ * (?:
      (?P<comment> \#\ [^\n]* )
    | (?P<text> "(?: [^"\\$%\n] | \\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}) | \$\$\{ | %%\{ | [$%](?!\{) )*" )
    | (?P<number> (?:0|-?[1-9][0-9]*)(?![\w.]) )
    | (?P<name> [A-Za-z_][A-Za-z0-9_-]* )
    | (?P<sign> [={}\[\],.\n] )
    )
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\([nrt\"\\])|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|(\$\$|%%)(?=\{)")
_SHORT = {"n": "\n", "r": "\r", "t": "\t"}


class Reference(Frozen):
    """A reference by its steps: names, and an index as a tuple of its own."""

    steps: tuple[str | tuple[str], ...]


_TRUE, _FALSE = Reference(("true",)), Reference(("false",))


def meant(blocks: tuple[Block, ...]) -> Plain:
    """The content and the comments of blocks."""
    return [
        {
            "comment": block.comment,
            "type": block.type,
            "labels": block.labels,
            "attributes": {name: _plain(value) for name, value in block.attributes.items()},
            "blocks": meant(block.blocks),
        }
        for block in blocks
    ]


def read(text: str) -> Plain:
    """The content and the comments of a text. Raises ValueError where it is not of the part of HCL that roots need."""
    parser = _Parser(text)
    attributes, blocks = parser.body("")
    if attributes:
        raise ValueError(f"attributes outside of a block: {[*attributes]}")
    return blocks


def _plain(value: Value) -> Plain:
    match value:
        case Expression(text):
            return _Parser(text).value()
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case _:
            return value


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = [*_tokens(text), ("", "")]
        self._at = 0

    def body(self, end: str) -> tuple[Mapping[str | Reference, Plain], list[Plain]]:
        """Attributes, and blocks with the comments above them, as far as the sign that ends them."""
        attributes: dict[str | Reference, Plain] = {}
        blocks: list[Plain] = []
        while not self._skipped(end):
            if self._skipped("\n"):
                continue
            comment = self._comment()
            name = self._take("name")
            if self._skipped("=") and not comment:
                _put(attributes, name, self.value())
            else:
                blocks.append({"comment": comment, "type": name, **self._block()})
            self._expect("\n")
        return attributes, blocks

    def _comment(self) -> str:
        if self._kind != "comment":
            return ""
        comment = self._take("comment")
        self._expect("\n")
        return comment.removeprefix("# ")

    def _block(self) -> Mapping[str, Plain]:
        labels = []
        while self._kind == "text":
            labels.append(_unquoted(self._take("text")))
        self._expect("{")
        if self._skipped("}"):
            return {"labels": labels, "attributes": {}, "blocks": []}
        self._expect("\n")
        attributes, blocks = self.body("}")
        return {"labels": labels, "attributes": attributes, "blocks": blocks}

    def value(self) -> Plain:
        """A literal, a list, an object or a reference."""
        match self._tokens[self._at]:
            case "text", text:
                self._at += 1
                return _unquoted(text)
            case "number", digits:
                self._at += 1
                return int(digits)
            case "sign", "[":
                return self._list()
            case "sign", "{":
                return self._object()
        reference = self._reference()
        return {_TRUE: True, _FALSE: False}.get(reference, reference)

    def _list(self) -> list[Plain]:
        self._expect("[")
        items: list[Plain] = []
        self._skip_lines()
        while not self._skipped("]"):
            items.append(self.value())
            self._skip_lines()
            if not self._skipped(","):
                self._expect("]")
                break
            self._skip_lines()
        return items

    def _object(self) -> Mapping[str | Reference, Plain]:
        self._expect("{")
        found: dict[str | Reference, Plain] = {}
        self._skip_lines()
        while not self._skipped("}"):
            if not found and self._tokens[self._at] == ("name", "for"):
                raise ValueError("`for` would begin an expression")
            key = self._key()
            self._expect("=")
            _put(found, key, self.value())
            if not self._skipped(",") and not self._skipped("\n"):
                self._expect("}")
                break
            self._skip_lines()
        return found

    def _key(self) -> str | Reference:
        if self._kind == "text":
            return _unquoted(self._take("text"))
        reference = self._reference()
        return reference.steps[0] if len(reference.steps) == 1 and isinstance(reference.steps[0], str) else reference

    def _reference(self) -> Reference:
        steps: list[str | tuple[str]] = [self._take("name")]
        while True:
            if self._skipped("."):
                steps.append(self._take("name"))
            elif self._skipped("["):
                steps.append((_unquoted(self._take("text")),))
                self._expect("]")
            else:
                return Reference(tuple(steps))

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _take(self, kind: str) -> str:
        found, text = self._tokens[self._at]
        if found != kind:
            raise ValueError(f"{text!r} where a {kind} should be")
        self._at += 1
        return text

    def _skipped(self, sign: str) -> bool:
        found = self._tokens[self._at] == ("sign" if sign else "", sign)
        self._at += found
        return found

    def _expect(self, sign: str) -> None:
        if not self._skipped(sign):
            raise ValueError(f"{self._tokens[self._at][1]!r} where {sign!r} should be")

    def _skip_lines(self) -> None:
        while self._skipped("\n"):
            pass


def _put(found: dict[str | Reference, Plain], key: str | Reference, value: Plain) -> None:
    if key in found:
        raise ValueError(f"the key {key!r} is there twice")
    found[key] = value


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    if not text.replace("\n", "").isprintable():
        raise ValueError("it holds a character that does not show")
    at, end = 0, len(text.rstrip(" "))
    while at < end:
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(f"no part of HCL that pipegen writes: {text[at : at + 40]!r}")
        kind = str(found.lastgroup)
        yield kind, found[kind]
        at = found.end()


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text[1:-1])


def _unescaped(escape: re.Match[str]) -> str:
    short, *digits, doubled = escape.groups()
    if doubled:
        return doubled[0]
    character = _SHORT.get(short, short) if short else chr(int(digits[0] or digits[1], 16))
    character.encode()  # refuses half of a pair
    return character
