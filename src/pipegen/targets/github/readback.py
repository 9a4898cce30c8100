"""What a workflow says: as it is meant, and as libyaml reads it from the text.

What YAML 1.1 and 1.2 read differently is refused. Comments are compared too, because a reviewer relies on them: the
version of a pinned action, the reason of a permission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml
from yaml.resolver import Resolver

from pipegen.frozen import fields
from pipegen.targets.github.workflow import Job, Noted, Workflow
from pipegen.targets.rendered import Plain

_INTEGER = re.compile("-?(?:0|[1-9][0-9]*)")
# https://yaml.org/spec/1.2.2/#103-core-schema
_TYPED_IN_1_2 = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_RESOLVER_OF_1_1: Any = Resolver()
_STRING = "tag:yaml.org,2002:str"
_COMMENT = re.compile("# ?(.*)")
_PUNCTUATION = re.compile(r"[-:\[\]{}, \n]*")


def meant(workflow: Workflow) -> Plain:
    """The content and the comments of a workflow, in their order."""
    comments: list[str] = []
    content = _plain(workflow, comments)
    return {"comments": comments, "content": content}


def read(text: str) -> Plain:
    """The content and the comments of a text. Raises ValueError where it uses more of YAML than pipegen prints."""
    if not text.replace("\n", "").replace("\t", "").isprintable():
        raise ValueError("it holds a character that does not show")
    reader = _Reader(text)
    content = reader.document()
    return {"comments": reader.comments, "content": content}


def _plain(value: Any, comments: list[str]) -> Plain:
    match value:
        case None | bool() | int() | str():
            return value
        case Noted(text, note):
            comments.append(note)
            return text
        case tuple():
            return [_plain(item, comments) for item in value]
        case Mapping():
            return {key: _plain(item, comments) for key, item in value.items()}
    if isinstance(value, Job) and value.comment:
        comments += value.comment.splitlines()
    content = {name: getattr(value, name) for name in fields(value) if name != "comment"}
    return {
        name.removesuffix("_").replace("_", "-"): _plain(item, comments)
        for name, item in content.items()
        if item is not None
    }


class _Reader:
    """Reads event by event, so that no key is lost to another one of the same name, and nothing is typed unseen."""

    def __init__(self, text: str) -> None:
        self.comments: list[str] = []
        self._text = text
        self._end = 0
        self._events: Iterator[Any] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def document(self) -> Plain:
        self._expect(yaml.StreamStartEvent)
        self._expect(yaml.DocumentStartEvent)
        content = self._node(next(self._events))
        self._expect(yaml.DocumentEndEvent)
        self._expect(yaml.StreamEndEvent)
        self._comments_before(len(self._text))
        return content

    def _expect(self, kind: type[yaml.Event]) -> None:
        event = next(self._events)
        if not isinstance(event, kind) or getattr(event, "explicit", False):
            raise ValueError(f"{event} where nothing but a document should be")

    def _node(self, event: Any) -> Plain:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None or event.tag is not None:
            raise ValueError(f"an anchor, an alias or a tag:{event.start_mark}")
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event)
            case yaml.SequenceStartEvent():
                return [self._node(item) for item in self._until(yaml.SequenceEndEvent)]
            case _:
                return self._mapping()

    def _scalar(self, event: Any) -> Plain:
        self._comments_before(event.start_mark.index)
        self._end = event.end_mark.index
        plain, _ = event.implicit
        return _typed(event.value) if plain else event.value

    def _mapping(self) -> Mapping[str, Plain]:
        found: dict[str, Plain] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._node(event)
            if not isinstance(key, str) or key in found:
                raise ValueError(f"the key {key!r} is there twice, or is no text:{event.start_mark}")
            found[key] = self._node(next(self._events))
        return found

    def _until(self, end: type[yaml.Event]) -> Iterator[Any]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _comments_before(self, index: int) -> None:
        """What stands between two scalars is punctuation and comments. A tab is not the same to every reader."""
        between = self._text[self._end : index]
        self.comments += _COMMENT.findall(between)
        if not _PUNCTUATION.fullmatch(_COMMENT.sub("", between)):
            raise ValueError(f"{between!r} between two values")


@cache
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
