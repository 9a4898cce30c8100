"""A manifest as it is written: nodes as text, with the position of every key and value. `source` reads it."""

from __future__ import annotations

from functools import cached_property

from pipegen.diagnostics import Place, Span
from pipegen.frozen import Frozen
from pipegen.route import Route


class Scalar(Frozen):
    """A leaf as text. `plain` says that it was written without quotes, so that YAML readers would type it."""

    text: str
    plain: bool
    span: Span


class Mapping(Frozen):
    """Keys with their values, in the order of the file, each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> tuple[Scalar, Node] | None:
        """The entry of that key."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, tuple[Scalar, Node]]:
        """Without it, as many findings as there are keys would take the square of their number to locate."""
        return {entry[0].text: entry for entry in self.entries}


class Sequence(Frozen):
    """Values in the order of the file."""

    items: tuple[Node, ...]
    span: Span


Node = Scalar | Mapping | Sequence


class Document(Frozen):
    """A manifest that could be read: its name, its text without a byte order mark, and its root."""

    file: str
    text: str
    root: Mapping

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")

    def entry(self, route: Route) -> tuple[Scalar | None, Node] | None:
        """The node at a route, with its key if it has one; None where nothing is written."""
        key: Scalar | None = None
        node: Node = self.root
        for step in route:
            if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
                key, node = entry
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                key, node = None, node.items[step]
            else:
                return None
        return key, node

    def span(self, place: Place) -> Span:
        """Where a place stands. A route that goes deeper than what is written ends at the last node that is there.

        What stands alone where there could be a list is its item 0. A part that is written otherwise than it reads,
        such as with escapes, is not found: the whole is meant then.
        """
        key: Scalar | None = None
        node: Node = self.root
        span = self.root.entries[0][0].span if self.root.entries else self.root.span
        for step in place.route:
            if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
                key, node = entry
                span = key.span if place.key or not _has_extent(node) else node.span
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                span = node.span
            elif step != 0:
                break
        return self._part(key if place.key else node, place.part) or span

    def _part(self, node: Node | None, part: str) -> Span | None:
        """The first stretch of a scalar that reads so, where it is written on one line."""
        if not part or not isinstance(node, Scalar):
            return None
        span = node.span
        line, column = span.line, span.column - 1
        if self.lines[line - 1].startswith(("|", ">"), column):  # a block begins below, and a comment can stand here
            line, column = line + 1, 0
        for number, text in enumerate(self.lines[line - 1 : span.end_line], line):
            own = text[: span.end_column - 1] if number == span.end_line else text
            at = own.find(part, column if number == line else 0)
            if at >= 0:
                return Span(number, at + 1, number, at + 1 + len(part))
        return None


def _has_extent(node: Node) -> bool:
    """Whether an arrow can point at the node itself; for an empty value and a block it points at the key."""
    return isinstance(node, Scalar) and node.text != "" and node.span.line == node.span.end_line
