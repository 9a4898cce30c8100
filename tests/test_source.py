"""Reading: positions, what is refused, and that nothing but a diagnostic ever comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import ACCEPTED, EXAMPLES, REJECTED
from effort import at_most
from pipegen.diagnostics import Place, Span
from pipegen.document import Document, Mapping, Node, Scalar, Sequence
from pipegen.source import MAX_BYTES, MAX_DEPTH, MAX_FORBIDDEN, read

TEXT = """\
top: plain
quoted: "é😀x"  # a comment
map: {a: [1, "2"], b: }
block: |
  one
  two
"""


def _document(text: str) -> Document:
    reading = read(text.encode(), "deploy.yaml")
    assert reading.document is not None, reading.diagnostics
    return reading.document


@pytest.mark.parametrize(
    ("place", "span"),
    [
        (Place(("top",)), Span(1, 6, 1, 11)),
        (Place(("top",), key=True), Span(1, 1, 1, 4)),
        (Place(("quoted",)), Span(2, 9, 2, 14)),  # columns count code points, also beyond the basic plane
        (Place(("map", "a", 1)), Span(3, 14, 3, 17)),
        (Place(("map", "b")), Span(3, 20, 3, 21)),  # an empty value is shown at its key
        (Place(("map", "nowhere", "deeper")), Span(3, 1, 3, 4)),
        (Place(("block",)), Span(4, 1, 4, 6)),
        (Place(()), Span(1, 1, 1, 4)),  # the manifest itself is shown at its first key
    ],
)
def test_a_place_has_its_position(place: Place, span: Span) -> None:
    assert _document(TEXT).span(place) == span


def test_scalars_stay_text() -> None:
    entry = _document(TEXT).root.get("map")
    assert entry is not None
    items = entry[1].get("a") if not isinstance(entry[1], Scalar | Sequence) else None
    assert items is not None
    assert isinstance(items[1], Sequence)
    shown = [(item.text, item.plain) for item in items[1].items if isinstance(item, Scalar)]
    assert shown == [("1", True), ("2", False)]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    assert _document("\ufeff" + TEXT.replace("\n", "\r\n")) == _document(TEXT)


@pytest.mark.parametrize(
    ("data", "rule", "words"),
    [
        (b"a: \xff", "not-utf8", "0xFF"),
        (b"a: \xed\xa0\x80", "not-utf8", "0xED"),
        (b"a: b\x00", "forbidden-character", "U+0000"),
        (b"a: b\rc", "forbidden-character", "U+000D"),
        ("a: b\u2028".encode(), "forbidden-character", "U+2028 LINE SEPARATOR"),
        ("a: \u200bb".encode(), "forbidden-character", "U+200B ZERO WIDTH SPACE"),
        (b'a: "\\x1b[0m"', "forbidden-character", "U+001B"),
        (b'a: "\\uD800"', "yaml-syntax", ""),
        (b"a: [", "yaml-syntax", ""),
        (b"a:\n\tb: c", "yaml-syntax", "tab"),
        (b"[a]: b", "yaml-feature", "a key must be a plain word"),
        (b"? {a: b}\n: c", "yaml-feature", "a key must be a plain word"),
        (b"a: &x 1\nb: *x", "yaml-feature", "`&x`"),
        (b"a: *x", "yaml-feature", "`*x`"),
        (b"<<: {a: b}", "yaml-feature", "merge key"),
        (b"a: !x b", "yaml-feature", "`!x`"),
        (b"a: !!map {}", "yaml-feature", "`!!map`"),
        (b"%YAML 1.1\n---\na: b", "yaml-feature", "directive"),
        (b"%TAG ! tag:x,2000:\n---\na: b", "yaml-feature", "directive"),
        (b"a: b\n---\nc: d", "yaml-feature", "second document"),
        (b"a: b\n...\nc: d", "yaml-syntax", ""),
        (b"a: b\na: c", "duplicate-key", "`a`"),
        (b'a: b\n"a": c', "duplicate-key", "`a`"),
        (b"", "empty-manifest", "empty"),
        (b"# only a comment\n", "empty-manifest", "empty"),
        (b"--- \n", "empty-manifest", "empty"),
        (b"text", "yaml-syntax", "mapping"),
        (b"[" * 200_000, "too-large", "deeper"),
        (b"a: " + b"{a: " * (MAX_DEPTH + 1), "too-large", "deeper"),
        (b"- \n" * 50_000, "too-large", "nodes"),
        (b"a" * (MAX_BYTES + 1), "too-large", "bytes"),
    ],
)
def test_what_is_refused(data: bytes, rule: str, words: str) -> None:
    with at_most(1):
        reading = read(data, "deploy.yaml")
    assert [diagnostic.rule.name for diagnostic in reading.diagnostics][:1] == [rule]
    assert words in reading.diagnostics[0].message


def test_a_forbidden_character_is_reported_once_a_line() -> None:
    diagnostics = read("a: \x01\x01\u202e\x01\nb: c\nd: \x01\x01\n".encode(), "deploy.yaml").diagnostics
    spans = [diagnostic.span for diagnostic in diagnostics]
    assert spans == [Span(1, 4, 1, 5), Span(1, 6, 1, 7), Span(3, 4, 3, 5)]


def test_a_place_is_found_as_quickly_among_many() -> None:
    document = _document("".join(f"k{n}: v\n" for n in range(15_000)))
    with at_most(1):
        for n in range(15_000):
            assert document.span(Place((f"k{n}",), key=True)).line == n + 1


def test_a_document_may_be_marked_as_such() -> None:
    assert _document("---\na: b\n...\n").root.get("a") is not None


@settings(max_examples=500, deadline=1000)
@given(st.binary(max_size=200) | st.text("abc:[]{}&*!%@#|>-'\" \n\t\u202e0,?", max_size=60).map(str.encode))
def test_nothing_but_diagnostics_comes_out(data: bytes) -> None:
    reading = read(data, "deploy.yaml")
    assert (reading.document is None) <= bool(reading.diagnostics)


def test_of_a_file_that_is_no_text_the_beginning_is_told() -> None:
    diagnostics = read(b"\x01\x02\n" * 50_000, "deploy.yaml").diagnostics
    assert len(diagnostics) == MAX_FORBIDDEN + 3  # two on the line that is one too many, and the last word
    assert "below was not looked at" in diagnostics[-1].message


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Mapping(entries=entries):
            for key, value in entries:
                yield key
                yield from _scalars(value)
        case Sequence(items=items):
            for item in items:
                yield from _scalars(item)
        case Scalar():
            yield node


@pytest.mark.parametrize("written", [bytes, lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")])
def test_a_span_holds_its_scalar_and_nothing_else(written: Callable[[bytes], bytes]) -> None:
    """In blocks and in braces, over all manifests: what is underlined is what is meant."""
    compared = 0
    for path in (*ACCEPTED, *REJECTED, *(example / "deploy.yaml" for example in EXAMPLES)):
        document = read(written(path.read_bytes().replace(b"\r\n", b"\n")), "deploy.yaml").document
        for scalar in _scalars(document.root) if document else ():
            span = scalar.span
            if span.line == span.end_line:
                shown = document.lines[span.line - 1][span.column - 1 : span.end_column - 1] if document else ""
                bare = shown if scalar.plain else shown[1:-1]
                assert bare == scalar.text or (not scalar.plain and "\\" in bare), (path, shown)
                compared += 1
    assert compared > 2000


@pytest.mark.parametrize(
    ("text", "remedy", "begun"),
    [
        ("a: b: c\n", "quote a text that has `: ` in it; indent keys alike", None),
        ("a: @x\n", "quote a text that begins with `@`, `%` or a backquote", None),
        ('a:\n  b: "c\n', "close the quotes", 2),
        ("a: [b,\n  c\nd: e\n", "close the bracket, or put a comma between the items", 1),
        ("a: {b: c,\n  d: e\nf: g\n", "close the brace, or put a comma between the entries", 1),
        ("a:\n  - b\n  c: d\n", "begin each item with `- `, or indent the line as the key above the list", 2),
    ],
)
def test_a_syntax_error_says_what_to_write_and_what_does_not_end(text: str, remedy: str, begun: int | None) -> None:
    (found,) = read(text.encode(), "deploy.yaml").diagnostics
    assert found.remedy == remedy
    assert [related.span.line for related in found.related] == ([begun] if begun else [])
