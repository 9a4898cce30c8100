"""The part of HCL that a root is written in, and its text as `terraform fmt` would lay it out.

A root is data: blocks, literals, and references to what another block made. A text of the manifest is always a literal;
``${`` and ``%{`` in it are escaped: https://developer.hashicorp.com/terraform/language/expressions/strings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipegen.frozen import Frozen

# Where an object begins, `for` would begin an expression.
_IDENTIFIER = re.compile(r"(?!for\b)[a-z][a-z_]*")
_WIDTH = 120


class Expression(Frozen):
    """What a block made, such as ``module.platform.boundary``. A text of the manifest is in it as a literal only."""

    text: str


Value = str | int | bool | Expression | tuple["Value", ...] | Mapping[str, "Value"]


class Block(Frozen):
    """A block: its attributes, then the blocks inside it. `comment` stands above it, and is never the user's text."""

    type: str
    labels: tuple[str, ...] = ()
    attributes: Mapping[str, Value] = {}
    blocks: tuple[Block, ...] = ()
    comment: str = ""


def to_hcl(blocks: tuple[Block, ...]) -> str:
    """The text of a file that holds these blocks."""
    return "\n\n".join("\n".join(_block(block, "")) for block in blocks) + "\n"


@lru_cache(maxsize=10_000)
def literal(text: str) -> str:
    """A text between quotes. Beyond ASCII only what shows is left as it is."""
    quoted = json.dumps(text, ensure_ascii=False)
    escaped = "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)
    return escaped.replace("${", "$${").replace("%{", "%%{")


def _block(block: Block, margin: str) -> Iterator[str]:
    if block.comment:
        yield f"{margin}# {block.comment}"
    head = " ".join([block.type, *(literal(label) for label in block.labels)])
    if not block.attributes and not block.blocks:
        yield f"{margin}{head} {{}}"
        return
    yield f"{margin}{head} {{"
    yield from _attributes(block.attributes, margin + "  ")
    for number, inner in enumerate(block.blocks):
        if block.attributes or number:
            yield ""
        yield from _block(inner, margin + "  ")
    yield f"{margin}}}"


def _attributes(attributes: Mapping[str, Value], margin: str) -> Iterator[str]:
    """The attributes; the equals signs of neighbours that fit on one line each stand below one another."""
    neighbours: list[tuple[str, str]] = []
    for name, value in attributes.items():
        key = name if _IDENTIFIER.fullmatch(name) else literal(name)
        line = _inline(value)
        if len(margin) + len(key) + 3 + len(line) <= _WIDTH or not isinstance(value, tuple | Mapping) or not value:
            neighbours.append((key, line))
            continue
        yield from _aligned(neighbours, margin)
        neighbours = []
        yield from _over_lines(f"{key} = ", value, margin)
    yield from _aligned(neighbours, margin)


def _aligned(neighbours: list[tuple[str, str]], margin: str) -> Iterator[str]:
    width = max((len(key) for key, _ in neighbours), default=0)
    for key, line in neighbours:
        yield f"{margin}{key.ljust(width)} = {line}"


def _over_lines(
    start: str, value: tuple[Value, ...] | Mapping[str, Value], margin: str, end: str = ""
) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"{margin}{start}{{"
        yield from _attributes(value, margin + "  ")
        yield f"{margin}}}{end}"
        return
    yield f"{margin}{start}["
    for item in value:
        line = _inline(item)
        if isinstance(item, tuple | Mapping) and len(margin) + len(line) + 3 > _WIDTH:
            yield from _over_lines("", item, margin + "  ", ",")
        else:
            yield f"{margin}  {line},"
    yield f"{margin}]{end}"


def _inline(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return literal(value)
        case Expression(text):
            return text
        case tuple():
            return f"[{', '.join(_inline(item) for item in value)}]"
        case _ if value:
            pairs = (f"{k if _IDENTIFIER.fullmatch(k) else literal(k)} = {_inline(v)}" for k, v in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case _:
            return "{}"
