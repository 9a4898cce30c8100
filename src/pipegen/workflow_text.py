"""Reading a compiled workflow: its content and its comments, as libyaml sees them.

What is about to be written is read by this, and compared with what was meant; and this is what is asked who can
publish where. So it shares nothing with the printer, and refuses what two readers could take for two things: a key
that is there twice, anchors and tags, and whatever YAML 1.1 and 1.2 read differently. Comments count, because a
reviewer relies on them: the version of a pinned action, the reason of a permission.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import yaml
from yaml.resolver import Resolver

_INTEGER = re.compile("-?(?:0|[1-9][0-9]*)")
# https://yaml.org/spec/1.2.2/#103-core-schema
_TYPED_IN_1_2 = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_RESOLVER_OF_1_1: Any = Resolver()
_STRING = "tag:yaml.org,2002:str"
_COMMENT = re.compile("# ?(.*)")
_OTHER = re.compile(r"[^-:\[\]{}, \n]+")


@lru_cache(maxsize=100)
def read(text: str) -> Mapping[str, Any]:
    """The content and the comments of a text. Raises ValueError where it uses more of YAML than pipegen prints.

    What has just been compared is judged next, so it is kept. Nobody may change it.
    """
    if not text.replace("\n", "").replace("\t", "").isprintable():
        raise ValueError("it holds a character that does not show")
    reader = _Reader(text)
    try:
        content = reader.document()
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    return {"comments": reader.comments(), "content": content}


class _Reader:
    """Reads event by event, so that no key is lost to another one of the same name, and nothing is typed unseen."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._between: list[str] = []
        self._end = 0
        # Events have no subclasses, and asking for the type of one is the quickest way to tell them apart.
        self._next: Callable[[], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event

    def document(self) -> Any:
        self._expect(yaml.StreamStartEvent)
        self._expect(yaml.DocumentStartEvent)
        content = self._node(self._next())
        self._expect(yaml.DocumentEndEvent)
        self._expect(yaml.StreamEndEvent)
        self._between.append(self._text[self._end :])
        return content

    def comments(self) -> list[str]:
        """What stands between two scalars is punctuation and comments. A tab is not the same to every reader."""
        between = "\n".join(self._between)
        if other := _OTHER.search(_COMMENT.sub("", between)):
            raise ValueError(f"{other[0]!r} between two values")
        return _COMMENT.findall(between)

    def _expect(self, kind: type[yaml.Event]) -> None:
        event = self._next()
        if not isinstance(event, kind) or getattr(event, "explicit", False):
            raise ValueError(f"{event} where nothing but a document should be")

    def _node(self, event: Any) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            raise ValueError(f"an anchor, an alias or a tag:{event.start_mark}")
        if kind is yaml.ScalarEvent:
            self._between.append(self._text[self._end : event.start_mark.index])
            self._end = event.end_mark.index
            plain, _ = event.implicit
            return _typed(event.value) if plain else event.value
        return self._items() if kind is yaml.SequenceStartEvent else self._mapping()

    def _items(self) -> list[Any]:
        items = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event))
        return items

    def _mapping(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._node(event)
            if not isinstance(key, str) or key in found:
                raise ValueError(f"the key {key!r} is there twice, or is no text:{event.start_mark}")
            found[key] = self._node(self._next())
        return found


@lru_cache(maxsize=10_000)
def _typed(text: str) -> str | int | bool | None:
    """What an unquoted scalar is to readers of both versions."""
    constants = {"": None, "true": True, "false": False}
    if text in constants:
        return constants[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _TYPED_IN_1_2.fullmatch(text) or _RESOLVER_OF_1_1.resolve(yaml.ScalarNode, text, (True, False)) != _STRING:
        raise ValueError(f"{text!r} without quotes, which is no text to every reader")
    return text
