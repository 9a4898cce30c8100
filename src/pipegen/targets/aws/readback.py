"""What a Terraform root says: as it is meant, and as a reader of the part of HCL that roots are written in reads it.

The reader is stricter than Terraform: what it accepts, Terraform reads alike, and it refuses what pipegen never writes.
https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pipegen.frozen import Frozen
from pipegen.targets.aws.hcl import Block, Expression, Value
from pipegen.targets.rendered import Plain

_TOKEN = re.compile(
    r"""
    \ * (
      \#\ [^\n]*
    | "(?: [^"\\$%\n]++ | \\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}) | \$\$\{ | %%\{ | [$%](?!\{) )*"
    | (?:0|-?[1-9][0-9]*)(?![\w.])
    | [A-Za-z_][A-Za-z0-9_-]*
    | [={}\[\],.\n]
    )
    """,
    re.VERBOSE,
)
# What a token is, by its first character. A name begins with any other, a sign is its own kind, and at the end is none.
_KINDS = {
    "": "",
    '"': "text",
    "#": "comment",
    **dict.fromkeys("-0123456789", "number"),
    **{sign: sign for sign in "={}[],.\n"},
}
_ESCAPE = re.compile(r"\\([nrt\"\\])|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|(\$\$|%%)(?=\{)")
_SHORT = {"n": "\n", "r": "\r", "t": "\t"}


class Reference(Frozen):
    """A reference by its steps: names, and an index as a tuple of its own."""

    steps: tuple[str | tuple[str], ...]


_CONSTANTS: Mapping[tuple[str | tuple[str], ...], bool] = {("true",): True, ("false",): False}


def meant(blocks: tuple[Block, ...]) -> Plain:
    """The content and the comments of blocks."""
    return [
        {
            "comment": block.comment,
            "type": block.type,
            "labels": [*block.labels],
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
    if isinstance(value, str | int):
        return value
    if isinstance(value, Expression):
        return _referred(value.text)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()}


@lru_cache(maxsize=1000)
def _referred(text: str) -> Plain:
    """What an expression is. There are few, since no text of a manifest is in one as anything but a literal."""
    return _Parser(text).value()


class _Parser:
    """Reads token by token: one lies open, by its kind and its text."""

    def __init__(self, text: str) -> None:
        self._tokens = iter(_tokens(text))
        self._open_next()

    def body(self, end: str) -> tuple[Mapping[str | Reference, Plain], list[Plain]]:
        """Attributes, and blocks with the comments above them, as far as the sign that ends them."""
        attributes: dict[str | Reference, Plain] = {}
        blocks: list[Plain] = []
        self._skip_lines()
        while not self._skipped(end):
            comment = self._comment()
            name = self._take("name")
            if self._skipped("=") and not comment:
                _put(attributes, name, self.value())
            else:
                blocks.append({"comment": comment, "type": name, **self._block()})
            self._expect("\n")
            self._skip_lines()
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
        match self._kind:
            case "text":
                return _unquoted(self._take("text"))
            case "number":
                return int(self._take("number"))
            case "[":
                return self._list()
            case "{":
                return self._object()
        steps = self._steps()
        return _CONSTANTS[steps] if steps in _CONSTANTS else Reference(steps)

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
            if not found and (self._kind, self._text) == ("name", "for"):
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
        first, *others = self._steps()
        return Reference((first, *others)) if others or not isinstance(first, str) else first

    def _steps(self) -> tuple[str | tuple[str], ...]:
        """Those of a reference."""
        steps: list[str | tuple[str]] = [self._take("name")]
        while self._kind in (".", "["):
            if self._skipped("."):
                steps.append(self._take("name"))
            else:
                self._expect("[")
                steps.append((_unquoted(self._take("text")),))
                self._expect("]")
        return tuple(steps)

    def _take(self, kind: str) -> str:
        text = self._text
        if self._kind != kind:
            raise ValueError(f"{text!r} where a {kind} should be")
        self._open_next()
        return text

    def _skipped(self, kind: str) -> bool:
        if self._kind != kind:
            return False
        self._open_next()
        return True

    def _open_next(self) -> None:
        self._text = next(self._tokens, "")
        self._kind = _KINDS.get(self._text[:1], "name")

    def _expect(self, sign: str) -> None:
        if self._kind != sign:
            raise ValueError(f"{self._text!r} where {sign!r} should be")
        self._open_next()

    def _skip_lines(self) -> None:
        while self._kind == "\n":
            self._open_next()


def _put(found: dict[str | Reference, Plain], key: str | Reference, value: Plain) -> None:
    if key in found:
        raise ValueError(f"the key {key!r} is there twice")
    found[key] = value


def _tokens(text: str) -> list[str]:
    if not text.replace("\n", "").isprintable():
        raise ValueError("it holds a character that does not show")
    parts = _TOKEN.split(text.rstrip(" "))  # in turn what is no token, and a token
    if unread := "".join(parts[::2]):
        raise ValueError(f"no part of HCL that pipegen writes: {unread[:40]!r}")
    return parts[1::2]


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text[1:-1])


def _unescaped(escape: re.Match[str]) -> str:
    short, *digits, doubled = escape.groups()
    if doubled:
        return doubled[0]
    character = _SHORT.get(short, short) if short else chr(int(digits[0] or digits[1], 16))
    character.encode()  # refuses half of a pair
    return character
