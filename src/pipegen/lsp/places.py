"""From a position in a manifest to the key or value that stands there."""

from __future__ import annotations

from pipegen.diagnostics import Place, Span
from pipegen.document import Document, Mapping, Node, Scalar, Sequence
from pipegen.route import Route


def place_at(document: Document, line: int, column: int) -> Place | None:
    """The key or the scalar at a position, as `Document.span` counts; None between them."""
    return _in(document.root, (), (line, column))


def holds(span: Span, point: tuple[int, int]) -> bool:
    """Whether a cursor in or right behind a stretch is meant to be on it."""
    return (span.line, span.column) <= point <= (span.end_line, span.end_column)


def _in(node: Node, route: Route, point: tuple[int, int]) -> Place | None:
    match node:
        case Scalar():
            return Place(route) if holds(node.span, point) else None
        case Mapping():
            for key, child in node.entries:
                inner = (*route, key.text)
                if holds(key.span, point):
                    return Place(inner, key=True)
                if holds(child.span, point) and (found := _in(child, inner, point)):
                    return found
        case Sequence():
            for index, item in enumerate(node.items):
                if holds(item.span, point) and (found := _in(item, (*route, index), point)):
                    return found
    return None
