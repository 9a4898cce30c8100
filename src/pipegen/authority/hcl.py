"""Reading HCL: the part of it that roots are written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipegen.authority.model import AuthorityError
from pipegen.frozen import Frozen

_TEXT = r'"(?:[^"\\\n]++|\\.)*"'
_TOKEN = re.compile(rf"(?:\s+|#.*)*+({_TEXT}|[{{}}\[\]=,]|[\w.-]+(?:\[{_TEXT}\])?|\Z)")


class Block(Frozen):
    """A block, with its attributes but not with the blocks inside it."""

    type: str
    labels: tuple[str, ...]
    attributes: Mapping[str, Any]


def blocks(text: str) -> list[Block]:
    """The blocks of a root. Texts are without their quotes, numbers and references as they are written."""
    parts = _TOKEN.split(text)  # in turn what is no token, and a token
    if unread := "".join(parts[::2]):
        raise AuthorityError(f"a root cannot be read at {unread[:20]!r}")
    tokens = [token for token in parts[1::2] if token]
    tokens.reverse()
    try:
        return _body(tokens)[1]
    except IndexError:
        raise AuthorityError("a root ends too early") from None


def _body(tokens: list[str]) -> tuple[Mapping[str, Any], list[Block]]:
    attributes: dict[str, Any] = {}
    found: list[Block] = []
    while tokens and tokens[-1] != "}":
        name, labels = _text(tokens.pop()), []
        while tokens[-1] not in ("=", "{"):
            labels.append(_text(tokens.pop()))
        if tokens.pop() == "{":
            found.append(Block(name, tuple(labels), _body(tokens)[0]))
            tokens.pop()
        elif name in attributes or labels:
            raise AuthorityError(f"a root says {name} twice")
        else:
            attributes[name] = _value(tokens)
    return attributes, found


def _value(tokens: list[str]) -> Any:
    first = tokens.pop()
    if first not in ("{", "["):
        return _text(first)
    pairs: dict[str, Any] = {}
    items: list[Any] = []
    while tokens[-1] not in ("}", "]"):
        item = _value(tokens)
        if tokens[-1] == "=":
            tokens.pop()
            pairs[item] = _value(tokens)
        else:
            items.append(item)
        if tokens[-1] == ",":
            tokens.pop()
    tokens.pop()
    return pairs if first == "{" else items


def _text(token: str) -> str:
    return token[1:-1] if token.startswith('"') else token
