"""Reading: positions, what is refused, and that nothing but a diagnostic ever comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import ACCEPTED, EXAMPLES, REJECTED
from effort import at_most
from pipegen.diagnostics import Place, Safety, Span
from pipegen.document import Document, Mapping, Node, Scalar, Sequence
from pipegen.route import Route
from pipegen.source import MAX_FORBIDDEN, read, scalar_spans

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
        (Place(("map", "a", 2)), Span(3, 7, 3, 8)),  # there is no such item, so the list is shown, at its key
        (Place(("map", "a", "0")), Span(3, 7, 3, 8)),
        (Place(("top", 0)), Span(1, 6, 1, 11)),  # a single value is as good as a list of it
        (Place(("top", 0, "deeper")), Span(1, 6, 1, 11)),
        (Place(("map", 1, "b")), Span(3, 1, 3, 4)),
        (Place(("block",)), Span(4, 1, 4, 6)),
        (Place(()), Span(1, 1, 1, 4)),  # the manifest itself is shown at its first key
    ],
)
def test_a_place_has_its_position(place: Place, span: Span) -> None:
    assert _document(TEXT).span(place) == span


@pytest.mark.parametrize(
    ("route", "found"),
    [
        ((), (None, "map")),
        (("top",), ("top", "plain")),
        (("map", "a"), ("a", "[]")),
        (("map", "a", 1), (None, "2")),
        (("map", "a", 2), None),
        (("map", "a", "1"), None),
        (("map", "nowhere"), None),
        (("map", 0), None),
        (("top", 0), None),
        (("top", "plain"), None),
    ],
)
def test_an_entry_is_found_by_its_route_only(route: Route, found: tuple[str | None, str] | None) -> None:
    entry = _document(TEXT).entry(route)
    assert (entry and (entry[0] and entry[0].text, _shown(entry[1]))) == found


def _shown(node: Node) -> str:
    match node:
        case Scalar(text=text):
            return text
        case Mapping():
            return "map"
        case Sequence():
            return "[]"


PARTS = """\
block: |  # pass
  run
  then pass || pass
folded: >-
  one pass

# pass
quoted: "say \\
   pass"
escaped: "p\\x61ss"
plain: one
  pass
pass: over
after: pass
block2: >
  to
  pass
to pass: {a: "\\x74o", b: to}
quoted2: "t\\x6f" # to
"""


@pytest.mark.parametrize(
    ("place", "span"),
    [
        (Place(("block",), part="pass"), Span(3, 8, 3, 12)),
        (Place(("block",), part="then pass"), Span(3, 3, 3, 12)),
        (Place(("folded",), part="pass"), Span(5, 7, 5, 11)),
        (Place(("quoted",), part="pass"), Span(9, 4, 9, 8)),
        (Place(("escaped",), part="pass"), Span(10, 10, 10, 19)),
        (Place(("plain",), part="pass"), Span(12, 3, 12, 7)),
        (Place(("plain",), part="one pass"), Span(11, 1, 11, 6)),  # written on two lines: all of it, at its key
        (Place(("pass",), key=True, part="ass"), Span(13, 2, 13, 5)),
        (Place(("after",), part="pass"), Span(14, 8, 14, 12)),
        (Place((), part="pass"), Span(1, 1, 1, 6)),
        # Not what stands behind it
        (Place(("block2",), part="to pass"), Span(15, 1, 15, 7)),
        (Place(("to pass", "a"), part="to"), Span(18, 14, 18, 21)),
        (Place(("quoted2",), part="to"), Span(19, 10, 19, 17)),
    ],
)
def test_a_part_of_a_text_has_its_position(place: Place, span: Span) -> None:
    assert _document(PARTS).span(place) == span


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
    ("data", "found", "message", "remedy", "related"),
    [
        (b"a: \xff", "1:4-1:5 not-utf8", "the byte 0xFF is not UTF-8", "save the file as UTF-8", ""),
        (
            "ä\n é: ü".encode() + b"\xff c",
            "2:6-2:7 not-utf8",
            "the byte 0xFF is not UTF-8",
            "save the file as UTF-8",
            "",
        ),
        (b"\n a: \xff", "2:5-2:6 not-utf8", "the byte 0xFF is not UTF-8", "save the file as UTF-8", ""),
        (b"a: \xed\xa0\x80", "1:4-1:5 not-utf8", "the byte 0xED is not UTF-8", "save the file as UTF-8", ""),
        (
            b"a: b\x00",
            "1:5-1:6 forbidden-character",
            "U+0000 control character may not stand in a manifest",
            "delete the character",
            "",
        ),
        (
            b"a: b\rc",
            "1:5-1:6 forbidden-character",
            "U+000D control character may not stand in a manifest",
            "delete the character",
            "",
        ),
        (
            "a: b\u2028".encode(),
            "1:5-1:6 forbidden-character",
            "U+2028 LINE SEPARATOR may not stand in a manifest",
            "delete the character",
            "",
        ),
        (
            "a: \u200bb".encode(),
            "1:4-1:5 forbidden-character",
            "U+200B ZERO WIDTH SPACE may not stand in a manifest",
            "delete the character",
            "",
        ),
        (
            b'a: "\\x1b[0m"',
            "1:4-1:13 forbidden-character",
            "U+001B control character may not stand in a manifest",
            "delete the character",
            "",
        ),
        (
            b'a: "\\uD800"',
            "1:7-1:8 yaml-syntax",
            "this is not YAML: found invalid Unicode character escape code",
            "",
            "",
        ),
        (b"a: [", "1:5-1:6 yaml-syntax", "this is not YAML: did not find expected node content", "", ""),
        (b"a:\n\tb: c", "2:1-2:2 yaml-syntax", "a tab cannot indent YAML", "indent with spaces", ""),
        (b"a: b\tc\nd:\n \te", "3:2-3:3 yaml-syntax", "a tab cannot indent YAML", "indent with spaces", ""),
        (b"[a]: b", "1:1-1:4 yaml-feature", "a key must be a plain word, not a mapping or a sequence", "", ""),
        (b"? {a: b}\n: c", "1:3-1:9 yaml-feature", "a key must be a plain word, not a mapping or a sequence", "", ""),
        (
            b"a: &x 1\nb: *x",
            "1:4-1:8 yaml-feature",
            "an anchor (`&x`) is not part of the language",
            "write the value out where it is used",
            "",
        ),
        (
            b"a: *x",
            "1:4-1:6 yaml-feature",
            "an alias (`*x`) is not part of the language",
            "write the value out where it is used",
            "",
        ),
        (
            b"<<: {a: b}",
            "1:1-1:3 yaml-feature",
            "a merge key (`<<`) is not part of the language",
            "write the keys out",
            "",
        ),
        (b"a:\n  b: !x y", "2:6-2:10 yaml-feature", "a tag (`!x`) is not part of the language", "delete the tag", ""),
        (b"a: !!map {}", "1:4-1:11 yaml-feature", "a tag (`!!map`) is not part of the language", "delete the tag", ""),
        (
            b"%YAML 1.1\n---\na: b",
            "1:1-2:4 yaml-feature",
            "a directive (`%…`) is not part of the language",
            "delete the line",
            "",
        ),
        (
            b"%TAG ! tag:x,2000:\n---\na: b",
            "1:1-2:4 yaml-feature",
            "a directive (`%…`) is not part of the language",
            "delete the line",
            "",
        ),
        (
            b"a: b\n---\nc: d",
            "2:1-2:4 yaml-feature",
            "a second document (`---`) is not part of the language",
            "keep one manifest in a file",
            "",
        ),
        (b"a: b\n...\nc: d", "3:1-3:2 yaml-syntax", "this is not YAML: did not find expected <document start>", "", ""),
        (
            b"a: b\nc: d\n  # it stands twice\na: e",
            "4:1-4:2 duplicate-key",
            "`a` is stated twice",
            "keep one of the two",
            "1:1 it stands here first",
        ),
        (
            b'a: b\n"a": c',
            "2:1-2:4 duplicate-key",
            "`a` is stated twice",
            "keep one of the two",
            "1:1 it stands here first",
        ),
        (b"", "1:1-1:1 empty-manifest", "the manifest is empty", "begin with `version: 1`, `kind:` and `name:`", ""),
        (
            b"# only a comment\n",
            "1:1-1:1 empty-manifest",
            "the manifest is empty",
            "begin with `version: 1`, `kind:` and `name:`",
            "",
        ),
        (
            b"--- \n",
            "1:1-1:1 empty-manifest",
            "the manifest is empty",
            "begin with `version: 1`, `kind:` and `name:`",
            "",
        ),
        (
            b"text",
            "1:1-1:1 yaml-syntax",
            "the manifest must be a mapping of keys to values, such as `version: 1`",
            "",
            "",
        ),
        (
            b"''",
            "1:1-1:1 yaml-syntax",
            "the manifest must be a mapping of keys to values, such as `version: 1`",
            "",
            "",
        ),
        (b"[" * 200_000, "1:33-1:34 too-large", "the manifest is nested deeper than 32 levels", "", ""),
        (b"a: " + b"{a: " * 32, "1:128-1:129 too-large", "the manifest is nested deeper than 32 levels", "", ""),
        (b"- \n" * 50_000, "39999:2-39999:2 too-large", "the manifest has more than 20,000 nodes", "", ""),
        (
            b"a" * 262_145,
            "1:1-1:1 too-large",
            "the manifest has 262,145 bytes, more than 262,144",
            "keep data out of the manifest; it only names things",
            "",
        ),
        (
            b"a: b: c\n",
            "1:5-1:6 yaml-syntax",
            "this is not YAML: mapping values are not allowed in this context",
            "quote a text that has `: ` in it; indent keys alike",
            "",
        ),
        (
            b"a: @x\n",
            "1:4-1:5 yaml-syntax",
            "this is not YAML: found character that cannot start any token",
            "quote a text that begins with `@`, `%` or a backquote",
            "",
        ),
        (
            b'a:\n  b: "c\n',
            "2:8-2:9 yaml-syntax",
            "this is not YAML: found unexpected end of stream",
            "close the quotes",
            "2:6 a quoted scalar begins here",
        ),
        (
            b"a: 'b' c",
            "1:8-1:9 yaml-syntax",
            "this is not YAML: did not find expected key",
            "indent the line as its neighbours; quote the whole of a text, or nothing of it",
            "",
        ),
        (
            b"a: [b,\n  c\nd: e\n",
            "3:2-3:3 yaml-syntax",
            "this is not YAML: did not find expected ',' or ']'",
            "close the bracket, or put a comma between the items",
            "1:4 a flow sequence begins here",
        ),
        (
            b"a: {b: c,\n  d: e\nf: g\n",
            "3:2-3:3 yaml-syntax",
            "this is not YAML: did not find expected ',' or '}'",
            "close the brace, or put a comma between the entries",
            "1:4 a flow mapping begins here",
        ),
        (
            b"a:\n  - b\n  c: d\n",
            "3:3-3:4 yaml-syntax",
            "this is not YAML: did not find expected '-' indicator",
            "begin each item with `- `, or indent the line as the key above the list",
            "2:3 a block collection begins here",
        ),
        (
            b"a: b\nc\n\n",
            "3:1-3:2 yaml-syntax",
            "this is not YAML: could not find expected ':'",
            "write `KEY: VALUE`, with a space after the colon",
            "2:1 a simple key begins here",
        ),
        (b'a: "\\q"', "1:5-1:6 yaml-syntax", "this is not YAML: found unknown escape character", "", ""),
        (
            b"a:\n  b: {c\n",
            "2:8-2:9 yaml-syntax",
            "this is not YAML: did not find expected ',' or '}'",
            "close the brace, or put a comma between the entries",
            "2:6 a flow mapping begins here",
        ),
    ],
    ids=ascii,
)
def test_what_is_refused_and_what_is_said_of_it(
    data: bytes, found: str, message: str, remedy: str, related: str
) -> None:
    with at_most(1):
        reading = read(data, "deploy.yaml")
    (diagnostic,) = reading.diagnostics
    assert f"{_shown_span(diagnostic.span)} {diagnostic.rule.name}" == found
    assert (diagnostic.message, diagnostic.remedy) == (message, remedy)
    assert (
        "".join(f"{one.span.line}:{one.span.column} {one.message}" for one in diagnostic.related if one.span) == related
    )
    assert (reading.document is not None) == ("duplicate-key" in found)


def _shown_span(span: Span | None) -> str:
    assert span
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


@pytest.mark.parametrize(
    ("first", "second", "safety"),
    [
        ("b", "b", Safety.SAFE),
        ("b", "c", Safety.MANUAL),
        ("5", "'5'", Safety.MANUAL),
        ("[b, {c: d}]", "\n  - b\n  - c: d", Safety.SAFE),
        ("[b]", "[c]", Safety.MANUAL),
        ("[b, c]", "[c, b]", Safety.MANUAL),
        ("{b: c, d: e}", "{d: e, b: c}", Safety.SAFE),
        ("{b: c}", "{b: d}", Safety.MANUAL),
        ("{b: c}", "{d: c}", Safety.MANUAL),
        ("[b]", "b", Safety.MANUAL),
    ],
)
def test_a_key_that_is_stated_again_with_the_same_value_can_be_deleted(first: str, second: str, safety: Safety) -> None:
    (found,) = read(f"a: {first}\na: {second}\nz: z\n".encode(), "deploy.yaml").diagnostics
    assert [(fix.title, fix.safety) for fix in found.fixes] == [("delete the second `a`", safety)]


def test_what_is_wrong_below_an_alias_is_told_of_as_well() -> None:
    found = read(b"a: *x\n<<: y\nb: c\nb: {d: e, 'd': f}", "deploy.yaml").diagnostics
    assert [f"{_shown_span(one.span)} {one.rule.name}" for one in found] == [
        "1:4-1:6 yaml-feature",
        "2:1-2:3 yaml-feature",
        "4:11-4:14 duplicate-key",
        "4:1-4:2 duplicate-key",
    ]


@pytest.mark.parametrize(
    "data", [b"a: " + b"[" * 31 + b"]" * 31, b"a: [" + b"b," * 20_000 + b"]", b"a: b # " + b"c" * 262_137], ids=len
)
def test_what_is_just_not_too_large(data: bytes) -> None:
    assert read(data, "deploy.yaml").document is not None


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
    assert diagnostics[-1].message == "these are more than 1,000; what stands below was not looked at"


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


def test_where_scalars_stand_and_what_stands_in_a_block() -> None:
    """A block ends where the next line begins that is no longer its own."""
    spans = scalar_spans("a: |\n b\n\n c\nd: >-\n e\nf: [g,\n 'h']\n")
    assert list(map(_shown_span, spans)) == [
        "1:1-1:2",
        "2:1-5:1",
        "5:1-5:2",
        "6:1-7:1",
        "7:1-7:2",
        "7:5-7:6",
        "8:2-8:5",
    ]
