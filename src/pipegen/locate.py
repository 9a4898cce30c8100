"""A finding at routes → a diagnostic at positions, with its fixes as edits of the text."""

from __future__ import annotations

from pipegen.diagnostics import (
    Add,
    Diagnostic,
    Edit,
    Finding,
    Fix,
    Place,
    Proposal,
    Related,
    Remove,
    Replace,
    Span,
)
from pipegen.document import Document, Mapping, Node, Scalar, Sequence
from pipegen.route import Route


def locate(document: Document, finding: Finding) -> Diagnostic:
    """The finding with positions instead of routes."""
    file = document.file
    related = tuple(Related(file, document.span(place), message) for place, message in finding.related)
    fixes = tuple(fix for proposal in finding.fixes if (fix := _fix(document, proposal)))
    span = document.span(finding.place)
    return Diagnostic(finding.rule, file, span, finding.message, finding.label, finding.remedy, related, fixes=fixes)


def entry_removed(document: Document, key: Scalar, value: Node) -> Edit | None:
    """The removal of a key that is not the first of its block mapping, with its value and its lines."""
    return _without_lines(document, key.span, _last_line(document, value), bullet=False, is_first=False)


def _fix(document: Document, proposal: Proposal) -> Fix | None:
    edits = [_edit(document, change) for change in proposal.changes]
    removed = [change.place.route for change in proposal.changes if isinstance(change, Remove)]
    needed = tuple(span for route in removed for span in _needed(document, route))
    return Fix(proposal.title, proposal.safety, tuple(filter(None, edits)), needed) if all(edits) else None


def _edit(document: Document, change: Replace | Remove | Add) -> Edit | None:
    match change:
        case Replace(place, text):
            return _replacement(document, place, text)
        case Remove(place):
            return _removal(document, place.route)
        case Add():
            return _addition(document, change)


def _replacement(document: Document, place: Place, text: str) -> Edit | None:
    key, node = document.entry(place.route) or (None, None)
    scalar = key if place.key else node
    if not isinstance(scalar, Scalar) or scalar.span.line != scalar.span.end_line or _is_empty(scalar):
        return None
    return Edit(scalar.span, text)


def _removal(document: Document, route: Route) -> Edit | None:
    route = _whole(document, route)
    entry, parent = document.entry(route), document.entry(route[:-1]) if route else None
    if entry is None or parent is None:
        return None
    (key, node), (_, collection) = entry, parent
    others = _starts(collection)
    start = (key or node).span
    index = others.index(start)
    if not _in_flow(document, collection):
        last = _last_line(document, node)
        return _without_lines(document, start, last, bullet=key is None, is_first=index == 0)
    if index + 1 < len(others):
        following = others[index + 1]
        span = Span(start.line, start.column, following.line, following.column)
    else:
        before = _values(collection)[index - 1].span
        span = Span(before.end_line, before.end_column, node.span.end_line, node.span.end_column)
    return None if _spans_a_comment(document, span) else Edit(span, "")


def _whole(document: Document, route: Route) -> Route:
    """What goes with the last of its entries or items: all of what is written there."""
    while route and (parent := document.entry(route[:-1])) and len(_starts(parent[1])) == 1:
        route = route[:-1]
    return route


def _needed(document: Document, route: Route) -> list[Span]:
    """The first entry, where the last one is removed: of two removals that would leave nothing, one has to wait."""
    route = _whole(document, route)
    entry, parent = document.entry(route), document.entry(route[:-1]) if route else None
    starts = _starts(parent[1]) if entry and parent else []
    return starts[:1] if entry and starts and (entry[0] or entry[1]).span == starts[-1] else []


def _spans_a_comment(document: Document, span: Span) -> bool:
    """Whether there may be one, which could be about what stays."""
    return any("#" in line for line in document.lines[span.line - 1 : span.end_line - 1])


def _without_lines(document: Document, start: Span, last: int, *, bullet: bool, is_first: bool) -> Edit | None:
    before = document.lines[start.line - 1][: start.column - 1]
    if before.strip(" ") != ("-" if bullet else ""):
        return None
    first = _with_comment(document, start.line, before.partition("-")[0])
    if is_first and first < start.line:  # the comment may be about all of them
        return None
    is_end = last == len(document.lines)  # without a line feed; the line above keeps its own, which may be of a block
    return Edit(Span(first, 1, last, len(document.lines[-1]) + 1) if is_end else Span(first, 1, last + 1, 1), "")


def _with_comment(document: Document, line: int, margin: str) -> int:
    """The first line of what stands there: a comment belongs to the key or item below it."""
    while line > 1 and document.lines[line - 2].startswith(f"{margin}#"):
        line -= 1
    return line


def _addition(document: Document, change: Add) -> Edit | None:
    _, mapping = document.entry(change.route) or (None, None)
    if not isinstance(mapping, Mapping) or not mapping.entries:
        return None
    keys = {key.text: key for key, _ in mapping.entries}
    first = mapping.entries[0][0]
    following = next((keys[later] for later in change.later if later in keys), first)
    line, column = following.span.line, following.span.column
    written = f"{change.key}: {change.value}"
    if _in_flow(document, mapping):
        return Edit(Span(line, column, line, column), f"{written}, ")
    before = document.lines[line - 1][: column - 1]
    if before.strip(" -"):
        return None
    if before.strip(" ") or following is first:
        return Edit(Span(line, column, line, column), f"{written}\n{' ' * (column - 1)}")
    line = _with_comment(document, line, before)
    return Edit(Span(line, 1, line, 1), f"{before}{written}\n")


def _in_flow(document: Document, collection: Node) -> bool:
    span = collection.span
    return document.lines[span.line - 1][span.column - 1 : span.column] in ("{", "[")


def _starts(collection: Node) -> list[Span]:
    """Where each entry or item begins."""
    if isinstance(collection, Mapping):
        return [key.span for key, _ in collection.entries]
    return [node.span for node in _values(collection)]


def _values(collection: Node) -> list[Node]:
    match collection:
        case Mapping(entries=entries):
            return [node for _, node in entries]
        case Sequence(items=items):
            return list(items)
        case Scalar():
            return []


def _last_line(document: Document, node: Node) -> int:
    """The last line that holds something of a node. A block ends for the parser where the next thing begins."""
    if (values := _values(node)) and not _in_flow(document, node):
        return max(_last_line(document, value) for value in values)
    span = node.span
    last = span.end_line - (span.end_column == 1 and span.end_line > span.line)
    while last > span.line and not document.lines[last - 1].strip(" "):
        last -= 1
    return last


def _is_empty(scalar: Scalar) -> bool:
    return (scalar.span.line, scalar.span.column) == (scalar.span.end_line, scalar.span.end_column)
