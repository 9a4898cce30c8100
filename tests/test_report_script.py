"""The script that shows test results on a run: odd reports, hostile reports, and what a reader sees."""

from __future__ import annotations

import ast
import contextlib
import html.parser
import importlib.util
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipegen.output import with_header

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "src/pipegen/targets/github/scripts/test-report.py"
SAMPLES = HERE / "reports"
# On GitHub's runners it is the system's Python that runs the script.
PYTHON = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable

# Every line that the script may print.
VALUE = r"[^:,\r\n\x00-\x1f]+"
COMMAND = re.compile(
    rf"::(?P<level>error|warning|notice) (?P<given>(?:title|file|line)={VALUE}(?:,(?:title|file|line)={VALUE})*)"
    r"::(?P<message>[^\r\n]*)"
)


class Note(NamedTuple):
    level: str
    message: str
    title: str
    file: str
    line: str


class Shown(NamedTuple):
    """What a run of the script shows."""

    notes: list[Note]
    summary: str

    def level(self, level: str) -> list[Note]:
        return [note for note in self.notes if note.level == level]

    def row(self, start: str) -> list[str]:
        """The cells after the first one, of the only row that has `start` in its first."""
        rows = [line.strip("| ").split(" | ") for line in self.summary.splitlines() if line.startswith("| ")]
        (row,) = [row for row in rows if start in row[0]]
        return row[1:]


def unescape(value: str) -> str:
    """As GitHub's runner reads a value."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, character)
    return value


def notes_of(stdout: str) -> list[Note]:
    """The annotations, where every line is a well-formed one however the reader splits lines."""
    notes = []
    for line in stdout.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, f"not a command of the script's own: {line!r}"
        given = dict(pair.split("=", 1) for pair in match["given"].split(","))
        values = {key: unescape(value) for key, value in given.items()}
        message = unescape(match["message"])
        notes.append(Note(match["level"], message, *(values.get(key, "") for key in ("title", "file", "line"))))
    return notes


def run(root: Path, script: Path = SCRIPT, **variables: str) -> Shown:
    """Run the script as the workflow does."""
    summary = root.parent / f"{root.name}.summary.md"
    summary.unlink(missing_ok=True)
    done = subprocess.run(
        [PYTHON, "-I", str(script)],
        cwd=root,
        env={"PIPEGEN_SUITES": "unit=success", "GITHUB_STEP_SUMMARY": str(summary), **variables},
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return Shown(notes_of(done.stdout.decode()), summary.read_text(encoding="utf-8"))


def report(root: Path, content: str | bytes, name: str = "junit.xml") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


class Tags(html.parser.HTMLParser):
    """The elements of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag if tag in ("td", "th") else " ".join([tag, *(name for name, _ in attrs)]))


def tags_of(markdown: str) -> list[str]:
    """The elements that GitHub would make of a summary."""
    tags = Tags()
    tags.feed(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown))
    return tags.found


def failing(detail: str, attributes: str = "", suite: str = "") -> str:
    return f"<testsuite {suite}><testcase name='t' {attributes}><failure>{detail}</failure></testcase></testsuite>"


# What is read, and as what

PASS = "<testcase name='a' time='0.5'/>"
FAIL = "<testcase name='b'><failure message='boom'/></testcase>"
SKIP = "<testcase name='c'><skipped/></testcase>"
LATIN = (
    '<?xml version="1.0" encoding="{}"?><testsuite><testcase name="é"><error message="café"/></testcase></testsuite>'
)

# What may be in a summary that has no page of markdown.
ELEMENTS = {"h2", "table", "thead", "tbody", "tr", "th", "td", "code", "ul", "li", "p", "details", "summary", "pre"}

# id: report, cells of its row (passed, failed, skipped, time)
READ: dict[str, tuple[str | bytes, str]] = {
    "root-testsuites": (f"<testsuites><testsuite>{PASS}{FAIL}{SKIP}</testsuite></testsuites>", "1 1 1 0.50 s"),
    "root-testsuite": (f"<testsuite>{PASS}{FAIL}{SKIP}</testsuite>", "1 1 1 0.50 s"),
    "nested-suites": (
        f"<testsuites><testsuite>{PASS}<testsuite>{PASS}{FAIL}</testsuite></testsuite></testsuites>",
        "2 1 0 1.0 s",
    ),
    "suites-in-another-root": (f"<report><testsuite>{PASS}</testsuite></report>", "1 0 0 0.50 s"),
    "namespace-default": (f"<testsuite xmlns='urn:x'>{PASS}{FAIL}</testsuite>", "1 1 0 0.50 s"),
    "namespace-prefix": (
        "<j:testsuite xmlns:j='urn:x'><j:testcase><j:error/></j:testcase></j:testsuite>",
        "0 1 0 0.00 s",
    ),
    "error-is-a-failure": ("<testsuite><testcase><error/></testcase></testsuite>", "0 1 0 0.00 s"),
    "failure-and-error-are-one-test": (
        "<testsuite><testcase><failure/><error/></testcase></testsuite>",
        "0 1 0 0.00 s",
    ),
    "failure-beats-skipped": ("<testsuite><testcase><skipped/><failure/></testcase></testsuite>", "0 1 0 0.00 s"),
    "flaky-failure-is-passed": ("<testsuite><testcase><flakyFailure/></testcase></testsuite>", "1 0 0 0.00 s"),
    "status-notrun-is-skipped": ("<testsuite><testcase status='notrun'/></testsuite>", "0 0 1 0.00 s"),
    "suite-error-without-case": ("<testsuite name='s'><error message='x'/></testsuite>", "0 1 0 0.00 s"),
    "suite-error-in-testsuites": ("<testsuites><error message='x'/></testsuites>", "0 1 0 0.00 s"),
    "suite-counts-errors-and-names-none": ("<testsuites><testsuite errors='2'/></testsuites>", "0 1 0 0.00 s"),
    "counts-of-a-parent-are-not-added": (
        f"<testsuites failures='1'><testsuite failures='1'>{FAIL}</testsuite></testsuites>",
        "0 1 0 0.00 s",
    ),
    "duplicates-are-counted": (f"<testsuite>{FAIL}{FAIL}</testsuite>", "0 2 0 0.00 s"),
    "no-names": ("<testsuite><testcase/></testsuite>", "1 0 0 0.00 s"),
    "no-tests": ("<testsuites/>", "0 0 0 0.00 s"),
    "time-decimal-comma": ("<testsuite><testcase time='1,25'/></testsuite>", "1 0 0 1.2 s"),
    "time-thousands": ("<testsuite><testcase time='1,234.5'/></testsuite>", "1 0 0 20 min 34 s"),
    "time-millions": ("<testsuite><testcase time='1,000,000'/></testsuite>", "1 0 0 16666 min 40 s"),
    "time-nonsense": (
        "<testsuite><testcase time='NaN'/><testcase time='1e999'/><testcase time='-3'/></testsuite>",
        "3 0 0 0.00 s",
    ),
    "time-of-the-suite-when-tests-have-none": (
        "<testsuites time='3'><testsuite time='2'><testcase/></testsuite></testsuites>",
        "1 0 0 3.0 s",
    ),
    "time-below-a-minute": ("<testsuite><testcase time='59.94'/></testsuite>", "1 0 0 59.9 s"),
    "time-rounded-to-a-minute": ("<testsuite><testcase time='59.96'/></testsuite>", "1 0 0 1 min 0 s"),
    "bom-utf-8": (b"\xef\xbb\xbf" + f"<testsuite>{PASS}</testsuite>".encode(), "1 0 0 0.50 s"),
    "space-before-declaration": (f"\n <?xml version='1.0'?><testsuite>{PASS}</testsuite>", "1 0 0 0.50 s"),
    "utf-16-little-endian": (LATIN.format("utf-16").encode("utf-16"), "0 1 0 0.00 s"),
    "utf-16-big-endian": (b"\xfe\xff" + LATIN.format("utf-16").encode("utf-16-be"), "0 1 0 0.00 s"),
    "utf-16-stated-but-utf-8": (LATIN.format("utf-16").encode(), "0 1 0 0.00 s"),
    "latin-1-stated": (LATIN.format("ISO-8859-1").encode("latin-1"), "0 1 0 0.00 s"),
    "windows-1252-stated": (LATIN.format("windows-1252").encode("cp1252"), "0 1 0 0.00 s"),
    "latin-1-not-stated": (LATIN.format("utf-8").encode("latin-1"), "0 1 0 0.00 s"),
    "control-characters": (
        b"<testsuite><testcase name='a\x00\x1b[1mb'><failure>\x08\x0b</failure></testcase></testsuite>",
        "0 1 0 0.00 s",
    ),
    "control-character-references": (failing("&#0;&#27;[31m&#x1B;[0m&#8;"), "0 1 0 0.00 s"),
    "very-deep": ("<testsuite>" * 50_000 + PASS + "</testsuite>" * 50_000, "1 0 0 0.50 s"),
    "comments-and-instructions": (f"<?x y?><!-- c --><testsuite><!-- --><?x?>{PASS}</testsuite>", "1 0 0 0.50 s"),
}


@pytest.mark.parametrize(("content", "expected"), READ.values(), ids=READ.keys())
def test_reads(tmp_path: Path, content: str | bytes, expected: str) -> None:
    report(tmp_path, content)
    shown = run(tmp_path, PIPEGEN_JUNIT="junit.xml")
    assert " ".join(shown.row("junit.xml")) == expected
    assert shown.level("warning") == []


@pytest.mark.parametrize(
    "name",
    ["utf-16-little-endian", "utf-16-big-endian", "utf-16-stated-but-utf-8", "latin-1-stated", "windows-1252-stated"],
)
def test_reads_accents_in_any_stated_encoding(tmp_path: Path, name: str) -> None:
    report(tmp_path, READ[name][0])
    (error,) = run(tmp_path, PIPEGEN_JUNIT="junit.xml").level("error")
    assert (error.title, error.message) == ("é", "café")


@pytest.mark.parametrize(
    ("name", "counts", "places"),
    [
        (
            "pytest",
            "1 5 1 0.00 s",
            [
                "tests/test_cart.py:17",
                "shop/cart.py:3",
                "shop/cart.py:3",
                "tests/test_cart.py:31",
                "tests/test_cart.py:9",
            ],
        ),
        ("jest", "1 2 1 1 min 11 s", ["web/src/basket.test.tsx:14", "web/src/checkout.test.tsx:2"]),
        ("playwright", "1 1 1 8.2 s", ["e2e/checkout.spec.ts:8"]),
        ("go", "1 2 1 0.01 s", ["internal/price/price_test.go:21", "internal/stock/stock_test.go:9"]),
    ],
)
def test_finds_the_places_in_reports_of_real_tools(tmp_path: Path, name: str, counts: str, places: list[str]) -> None:
    sample = (SAMPLES / f"{name}.xml").read_text(encoding="utf-8")
    report(tmp_path, sample.replace("/__w/shop/shop", str(tmp_path)), "web/reports/junit.xml")
    for place in [*places, "web/node_modules/jest-circus/build/utils.js:1"]:
        report(tmp_path, "", place.partition(":")[0])
    shown = run(tmp_path, PIPEGEN_JUNIT="web/**/*.xml")
    assert " ".join(shown.row("junit.xml")) == counts
    assert [f"{note.file}:{note.line}" for note in shown.level("error")] == places
    assert "\x1b" not in shown.summary
    assert "[31m" not in shown.summary.replace(r"\x1b[31m", "")  # the sample's source has it as text


# What is refused

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><testsuite name="&b;"/>'
UNREADABLE: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "no element found"),
    "not-xml": ("1 passed", "syntax error"),
    "html": ("<html><body/></html>", "not a JUnit report"),
    "another-xml": ("<project><modules/></project>", "not a JUnit report"),
    "truncated": ("<testsuite><testcase name='a'>", "no element found"),
    "mismatched": ("<testsuite></testcase>", "mismatched tag"),
    "two-roots": ("<testsuite/><testsuite/>", "junk after document element"),
    "doctype": ("<!DOCTYPE testsuite><testsuite/>", "DOCTYPE"),
    "doctype-in-utf-16": ("<!DOCTYPE testsuite><testsuite/>".encode("utf-16"), "DOCTYPE"),
    "doctype-in-utf-7": (b"<?xml version='1.0' encoding='utf-7'?>+ADwAIQ-DOCTYPE x><testsuite/>", "cannot be read"),
    "doctype-in-unicode-escape": (
        b"<?xml version='1.0' encoding='unicode_escape'?>\\x3c!DOCTYPE x><testsuite/>",
        "DOCTYPE",
    ),
    "entity-bomb": (BOMB, "DOCTYPE"),
    "external-entity": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><testsuite name="&a;"/>', "DOCTYPE"),
    "external-dtd": ('<!DOCTYPE x SYSTEM "http://localhost/x.dtd"><testsuite/>', "DOCTYPE"),
    "unknown-entity": ("<testsuite name='&x;'/>", "undefined entity"),
    "unknown-encoding": ("<?xml version='1.0' encoding='klingon'?><testsuite/>", "unknown encoding"),
    "encoding-that-is-none": ("<?xml version='1.0' encoding='hex'?><testsuite/>", "not a text encoding"),
    "lone-surrogate": (
        b"<?xml version='1.0' encoding='unicode_escape'?><testsuite name='\\ud800'/>",
        "cannot be read",
    ),
    "utf-16-without-mark": ("<testsuite/>".encode("utf-16-le"), "cannot be read"),
    "binary": (bytes(range(256)) * 8, "cannot be read"),
    "larger-than-20-MiB": (b"<testsuite>" + b" " * 20 * 2**20 + b"</testsuite>", "larger than 20480 KiB"),
}


@pytest.mark.parametrize(("content", "reason"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_warns_of_what_it_cannot_read(tmp_path: Path, content: str | bytes, reason: str) -> None:
    report(tmp_path, content)
    shown = run(tmp_path, PIPEGEN_JUNIT="junit.xml")
    (note,) = shown.notes
    assert note.level == "warning"
    assert note.message.startswith("junit.xml cannot be read: ")
    assert reason in note.message
    assert f":warning: junit.xml cannot be read: {note.message[26:40]}"[:30] in shown.summary
    assert "| Report" not in shown.summary


def test_reads_the_others_where_one_is_damaged(tmp_path: Path) -> None:
    report(tmp_path, "<testsuite>", "a.xml")
    report(tmp_path, f"<testsuite>{PASS}</testsuite>", "b.xml")
    shown = run(tmp_path, PIPEGEN_JUNIT="*.xml")
    assert shown.row("b.xml")[0] == "1"
    assert [note.level for note in shown.notes] == ["warning"]


# Which files

FILES = {
    "one": ("junit.xml", ["junit.xml"]),
    "star": ("reports/*.xml", ["reports/a.xml", "reports/b.xml"]),
    "recursive": ("**/a.xml", ["a.xml", "reports/a.xml", "reports/deep/er/a.xml"]),
    "recursive-at-the-end": ("reports/**", ["reports/a.xml", "reports/b.xml", "reports/deep/er/a.xml"]),
    "hidden-folder": (".junitxml/*.xml", [".junitxml/u.xml"]),
    "recursive-finds-hidden": ("**/u.xml", [".junitxml/u.xml"]),
    "dot-first": ("./junit.xml", ["junit.xml"]),
    "two-patterns-one-file": ("junit.xml\n  j*.xml  \n\n", ["junit.xml"]),
    "brackets": ("reports/[ab].xml", ["reports/a.xml", "reports/b.xml"]),
    "link-inside-is-the-file-itself": ("links/inside.xml\njunit.xml", ["junit.xml"]),
}
MISSING = {
    "no-such-file": "none.xml",
    "folder": "reports",
    "absolute": "/etc/*.conf",
    "above-the-root": "../outside.xml",
    "above-by-detour": "reports/../../outside.xml",
    "link-outside": "links/outside.xml",
    "link-to-a-folder-outside": "links/folder/*.xml",
    "link-broken": "links/broken.xml",
    "link-to-itself": "links/loop.xml",
    "pipe": "pipe.xml",
    "node-modules": "**/node.xml",
    "dot-git": ".git/*.xml",
    "stars-in-a-name": "reports/**none.xml",
    "only-a-dot": ".",
    "too-long": "a" * 5000,
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with links of all kinds."""
    suite = f"<testsuite>{PASS}</testsuite>"
    root = tmp_path / "root"
    paths = [path for _, found in FILES.values() for path in found]
    for path in [*paths, "node_modules/p/node.xml", ".git/x.xml", "../outside.xml", "../elsewhere/o.xml"]:
        report(root, suite, path)
    links = root / "links"
    links.mkdir()
    targets = {"inside": "../junit", "outside": "../../outside", "broken": "none", "loop": "loop"}
    for name, target in targets.items():
        (links / f"{name}.xml").symlink_to(f"{target}.xml")
    (links / "folder").symlink_to("../../elsewhere")
    (links / "up").symlink_to("..")
    (links / "up2").symlink_to("..")
    os.mkfifo(root / "pipe.xml")
    return root


@pytest.mark.parametrize(("pattern", "expected"), FILES.values(), ids=FILES.keys())
def test_finds(tree: Path, pattern: str, expected: list[str]) -> None:
    shown = run(tree, PIPEGEN_JUNIT=pattern)
    assert re.findall(r"^\| :white_check_mark: <code>(.*?)</code>", shown.summary, re.MULTILINE) == sorted(expected)
    assert shown.notes == []


def test_finds_nothing_that_is_not_the_repositorys(tree: Path) -> None:
    shown = run(tree, PIPEGEN_JUNIT="\n".join(MISSING.values()), PIPEGEN_PAGES="\n".join(MISSING.values()))
    assert len(shown.level("warning")) == 10
    assert "| Report" not in shown.summary
    assert "---\n\n" not in shown.summary
    for pattern in MISSING.values():
        name = pattern[:199] + "…" if len(pattern) > 199 else pattern
        assert name[:100].replace("*", "&#42;").replace("_", "&#95;") in shown.summary


@pytest.mark.parametrize("pattern", MISSING.values(), ids=MISSING.keys())
def test_finds_no(tree: Path, pattern: str) -> None:
    module = load()
    root = tree.resolve()
    assert module.find(root, pattern) == []


@pytest.mark.parametrize(
    ("suites", "warned"),
    [
        ("unit=success", True),
        ("unit=failure\nlint=skipped", True),
        ("unit=skipped", False),
        ("unit=", False),
        ("", False),
        ("unit=success\nend=cancelled", False),
    ],
    ids=["passed", "failed", "skipped", "never-reached", "no-suites", "cancelled-run"],
)
def test_a_report_that_is_missing_is_suspicious_only_where_suites_ran(
    tmp_path: Path, suites: str, warned: bool
) -> None:
    shown = run(tmp_path, PIPEGEN_JUNIT="reports/*.xml", PIPEGEN_SUITES=suites)
    assert [note.message for note in shown.level("warning")] == ["No report matches reports/*.xml."] * warned
    assert ("- :warning: No report matches reports/&#42;.xml." in shown.summary) is warned


# Where a failure is

PLACES: dict[str, tuple[str, str]] = {
    "attributes": (failing("", "file='a.js' line='7'"), "a.js:7"),
    "attribute-without-line": (failing("", "file='a.js'"), "a.js:1"),
    "attribute-of-the-suite": (failing("", "line='3'", "file='a.js'"), "a.js:3"),
    "attribute-with-odd-line": (failing("", "file='a.js' line='x:9'"), "a.js:1"),
    "attribute-with-line-0": (failing("", "file='a.js' line='0'"), "a.js:1"),
    "trace-in-the-attributes-file-is-better": (failing("at b.js:2\nat a.js:9", "file='a.js' line='7'"), "a.js:9"),
    "trace-before-a-file-without-line": (failing("at b.js:2", "file='a.js'"), "b.js:2"),
    "trace-of-javascript-begins-at-the-error": (failing("at f (a.js:5:3)\n at g (b.js:9:1)"), "a.js:5"),
    "trace-of-python-ends-at-the-error": (failing("p.py:4: in f\nq.py:8: Error"), "q.py:8"),
    "trace-of-python-itself": (failing('File "p.py", line 4, in f\n File "q.py", line 8, in g'), "q.py:8"),
    "trace-skips-what-is-not-in-the-repository": (failing("at /usr/lib/x.js:1\nat none.js:2\nat a.js:3"), "a.js:3"),
    "trace-skips-node-modules": (failing("at node_modules/m/a.js:1\nat a.js:3"), "a.js:3"),
    "trace-skips-site-packages": (failing("p.py:3: in f\n.venv/lib/site-packages/s.py:1: Error"), "p.py:3"),
    "absolute": (failing("at {root}/a.js:3"), "a.js:3"),
    "file-url": (failing("at file://{root}/a.js:3:1"), "a.js:3"),
    "spaces-in-python's-trace": (failing('File "{root}/my tests/t.py", line 4'), "my tests/t.py:4"),
    "relative-to-a-folder-above-the-report": (failing("at src/c.js:3"), "web/src/c.js:3"),
    "go-package": (failing("d_test.go:3: x", "classname='example.com/x/internal/d'"), "internal/d/d_test.go:3"),
    "message-has-the-place": ("<testsuite><testcase><error message='a.js:6: no'/></testcase></testsuite>", "a.js:6"),
    "outside": (failing("at ../outside.js:1\nat {root}/../outside.js:1", "file='../outside.js' line='1'"), ":"),
    "link-outside": (failing("at link.js:1"), ":"),
    "folder": (failing("", "file='web' line='1'"), ":"),
    "address-is-no-place": (failing("connect 127.0.0.1:5432 http://localhost:80/a.js"), ":"),
    "huge-line": (failing("at a.js:99999999999999999999"), "a.js:1"),
    "long-trace-keeps-its-end": (failing("p.py:1: x\n" + "y\n" * 20_000 + "q.py:8: Error"), "q.py:8"),
}


@pytest.mark.parametrize(("content", "place"), PLACES.values(), ids=PLACES.keys())
def test_places(tmp_path: Path, content: str, place: str) -> None:
    root = tmp_path / "root"
    own = ["a.js", "b.js", "p.py", "q.py", "my tests/t.py", "web/src/c.js", "internal/d/d_test.go"]
    for path in [*own, "../outside.js", "node_modules/m/a.js", ".venv/lib/site-packages/s.py"]:
        report(root, "", path)
    (root / "link.js").symlink_to("../outside.js")
    report(root, content.replace("{root}", str(root)), "web/reports/junit.xml")
    shown = run(root, PIPEGEN_JUNIT="**/junit.xml")
    (error,) = shown.level("error")
    assert f"{error.file}:{error.line}" == place
    shown_place = re.findall(r"^<code>(.*)</code>$", shown.summary, re.MULTILINE)
    assert shown_place == ([] if place == ":" else [place.replace("_", "&#95;")])


# What is shown


def test_the_suites_and_their_outcomes(tmp_path: Path) -> None:
    shown = run(
        tmp_path,
        PIPEGEN_SUITES="lint=success\nunit=failure\ne2e=cancelled\nslow=skipped\nlast=\nodd=a|b",
        PIPEGEN_TITLE="T",
    )
    assert shown.summary.startswith("## T\n\n| Suite | Result |\n| --- | --- |\n")
    names = ["lint", "unit", "e2e", "slow", "last", "odd"]
    assert [shown.row(name) for name in names] == [
        [":white_check_mark: passed"],
        [":x: failed"],
        [":stop_sign: cancelled"],
        [":heavy_minus_sign: not run"],
        [":heavy_minus_sign: not run"],
        ["a&#124;b"],
    ]


def test_each_waiver_is_a_row_and_a_notice(tmp_path: Path) -> None:
    shown = run(tmp_path, PIPEGEN_WAIVERS="load=no data | yet = none\nsmoke=::error::x", PIPEGEN_SUITES="")
    assert shown.row("load") == [":warning: waived: no data &#124; yet = none"]
    assert shown.notes == [
        Note("notice", "no data | yet = none", "Waived suite: load", "", ""),
        Note("notice", "::error::x", "Waived suite: smoke", "", ""),
    ]


def test_nothing_given(tmp_path: Path) -> None:
    assert run(tmp_path, PIPEGEN_SUITES="") == ([], "## Tests\n\n")


def test_many_failures_are_cut_to_what_github_shows(tmp_path: Path) -> None:
    cases = "".join(f"<testcase name='t{n}'><failure message='m{n}'/></testcase>" for n in range(73))
    report(tmp_path, f"<testsuite>{cases}</testsuite>")
    shown = run(tmp_path, PIPEGEN_JUNIT="junit.xml")
    assert [note.title for note in shown.level("error")] == [f"t{n}" for n in range(10)]
    assert shown.summary.count("<details>") == 50
    assert "\n23 more failed: see the reports.\n" in shown.summary


def test_a_failure_told_twice_is_shown_once(tmp_path: Path) -> None:
    report(tmp_path, f"<testsuite>{FAIL}{FAIL}</testsuite>", "a.xml")
    report(tmp_path, f"<testsuite>{FAIL}</testsuite>", "b.xml")
    shown = run(tmp_path, PIPEGEN_JUNIT="*.xml")
    assert [note.title for note in shown.level("error")] == ["b"]
    assert shown.summary.count("<details>") == 1
    assert "more failed" not in shown.summary


def test_a_failure_without_any_word(tmp_path: Path) -> None:
    report(tmp_path, "<testsuite><testcase><failure/></testcase></testsuite>")
    (error,) = run(tmp_path, PIPEGEN_JUNIT="junit.xml").level("error")
    assert (error.title, error.message) == ("unnamed", "The report gives no message.")


CLEANED = {
    "colour": ("a\x1b[1;31mb\x1b[0mc", "abc"),
    "colour-as-pytest-writes-it": ("a#x1B[31mb#x1B[0mc", "abc"),
    "link-of-a-terminal": ("a\x1b]8;;http://x\x1b\\b\x1b]8;;\x07c", "abc"),
    "erase-and-hide": ("a\x1b[2K\x1b[?25lb\x1b(Bc", "abc"),
    "lone-escape": ("a\x1bb", "ab"),
    "not-a-colour": ("a[31mb", "a[31mb"),
    "null-is-shown": ("a\0b", "a␀b"),
    "bidi": ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
    "invisible": ("a\u200bb\ufeffc\U000e0041d", "abcd"),
    "c1-and-delete": ("a\x85b\x9bc\x7fd", "abcd"),
    "separators": ("a\u2028b\u2029c", "abc"),
    "line-ends": ("a\r\nb\rc\nd", "a\nb\nc\nd"),
    "other-scripts-and-emoji": ("שלום 日本 👩‍🚀", "שלום 日本 👩‍🚀"),
}


@pytest.mark.parametrize(("message", "expected"), CLEANED.values(), ids=CLEANED.keys())
@pytest.mark.parametrize("written", ["as-references", "raw"])
def test_cleans(here: Callable[..., Shown], message: str, expected: str, written: str) -> None:
    content = quote(message) if written == "as-references" else message
    shown = here(f"<testsuite><testcase name='t'><error>{content}</error></testcase></testsuite>".encode())
    (error,) = shown.level("error")
    assert error.message == expected
    assert f"<pre>{expected}</pre>" in shown.summary


def test_a_message_comes_first_and_is_not_repeated(tmp_path: Path) -> None:
    problem = "<testcase name='{0}'><failure message='no {0}'>{1}</failure></testcase>"
    report(tmp_path, f"<testsuite>{problem.format('a', 'no a: x')}{problem.format('b', 'at x')}</testsuite>")
    assert [note.message for note in run(tmp_path, PIPEGEN_JUNIT="junit.xml").notes] == ["no a: x", "no b\n\nat x"]


def test_a_name_is_not_repeated(tmp_path: Path) -> None:
    named = "<testcase classname='{}' name='{}'><failure/></testcase>"
    cases = named.format("a", "a b") + named.format("x", "y") + named.format("only", "")
    report(tmp_path, f"<testsuite>{cases}</testsuite>")
    assert [note.title for note in run(tmp_path, PIPEGEN_JUNIT="junit.xml").notes] == ["a b", "x > y", "only"]


def test_reports_with_failures_come_first_and_the_sum_last(tmp_path: Path) -> None:
    for number in range(120):
        report(tmp_path, f"<testsuite>{PASS}</testsuite>", f"{number:03}.xml")
    report(tmp_path, f"<testsuite>{PASS}{FAIL}</testsuite>", "zzz.xml")
    lines = [
        line
        for line in run(tmp_path, PIPEGEN_JUNIT="*.xml").summary.splitlines()
        if "xml</code> |" in line or "All" in line
    ]
    assert lines[0] == "| :x: <code>zzz.xml</code> | 1 | 1 | 0 | 0.50 s |"
    assert lines[-1] == "| All 121 reports | 121 | 1 | 0 | 1 min 0 s |"
    assert len(lines) == 101


def test_a_report_without_tests_has_no_check_mark(tmp_path: Path) -> None:
    report(tmp_path, "<testsuites/>")
    assert "| :warning: <code>junit.xml</code> | 0 | 0 | 0 |" in run(tmp_path, PIPEGEN_JUNIT="junit.xml").summary


def test_a_summary_stays_below_githubs_limit(tmp_path: Path) -> None:
    cases = "".join(f"<testcase name='t{n}'><failure>{'&amp;' * 5000}{n}</failure></testcase>" for n in range(50))
    report(tmp_path, f"<testsuite>{cases}</testsuite>")
    for number in range(6):
        report(tmp_path, "é" * 100_000, f"{number}.md")
    shown = run(tmp_path, PIPEGEN_JUNIT="*.xml", PIPEGEN_PAGES="*.md")
    assert 500 * 2**10 < len(shown.summary.encode()) < 901 * 2**10
    assert shown.summary.endswith("- :warning: The summary is too long: parts are left out.")


def test_pages_come_last_and_apart(tmp_path: Path) -> None:
    report(tmp_path, failing("x"))
    report(tmp_path, b"\xef\xbb\xbf## One\r\n\r\n| a |\r\n| - |\r\n| b |\r\n", "one.md")
    report(tmp_path, "### Two\x1b[0m\n", "two.md")
    report(tmp_path, " \n", "empty.md")
    shown = run(tmp_path, PIPEGEN_JUNIT="*.xml", PIPEGEN_PAGES="one.md\n*.md")
    assert shown.summary.endswith("</details>\n\n---\n\n## One\n\n| a |\n| - |\n| b |\n\n---\n\n### Two\n\n")


def test_a_page_that_is_too_large_is_named(tmp_path: Path) -> None:
    report(tmp_path, "x" * 204_801, "big_page.md")
    summary = run(tmp_path, PIPEGEN_PAGES="*.md").summary
    assert "- :warning: big&#95;page.md is not shown: it is larger than 200 KiB." in summary


def test_a_summary_that_cannot_be_written_fails_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [PYTHON, "-I", str(SCRIPT)],
        cwd=tmp_path,
        env={"GITHUB_STEP_SUMMARY": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    (note,) = notes_of(done.stdout.decode())
    assert note.title == "Summary"


def test_modules_of_the_repository_are_not_run(tmp_path: Path) -> None:
    script = tmp_path / ".github/pipegen/test-report.py"
    report(tmp_path, SCRIPT.read_bytes(), str(script.relative_to(tmp_path)))
    for name in ("html", "re", "io", "typing", "pathlib", "collections", "sitecustomize"):
        for folder in (tmp_path, script.parent):
            (folder / f"{name}.py").write_text("raise SystemExit(7)")
    report(tmp_path, f"<testsuite>{PASS}</testsuite>")
    assert run(tmp_path, script, PIPEGEN_JUNIT="junit.xml", PYTHONPATH=str(tmp_path)).row("junit.xml")[0] == "1"


def test_names_that_are_markup_stay_text(tmp_path: Path) -> None:
    name = "`|**b** <img src=x> [a](http://b) &amp; ~~s~~ <!-- </code></pre></details> $x$ #1 \\| __init__"
    quoted = name.replace("&", "&amp;").replace("<", "&lt;")
    content = f"<testsuite><testcase name='{quoted}'><failure>{quoted}\n\n```\n# x</failure></testcase></testsuite>"
    report(tmp_path, content, "a|b`_c_.xml")
    shown = run(
        tmp_path,
        PIPEGEN_JUNIT="*.xml\n<b>*|.xml",
        PIPEGEN_SUITES=f"{name.replace('=', '')}=failure",
        PIPEGEN_WAIVERS=f"a=<h1>{name}",
        PIPEGEN_TITLE=name,
    )
    found = tags_of(shown.summary)
    assert set(found) == ELEMENTS - {"p"}
    assert (found.count("h2"), found.count("tr"), found.count("td"), found.count("li")) == (1, 5, 9, 1)


# What no report may do: give GitHub a command, or crash the script


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("test_report", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Shown]:
    """Run the script in this process, which is quicker."""
    module = load()
    root = tmp_path_factory.mktemp("root")
    report(root, "", "a.js")
    summary = root.parent / "summary.md"

    def run_here(content: bytes, **variables: str) -> Shown:
        summary.write_bytes(b"")
        report(root, content)
        env = {
            "PIPEGEN_SUITES": "unit=success",
            "GITHUB_STEP_SUMMARY": str(summary),
            "PIPEGEN_JUNIT": "junit.xml",
            **variables,
        }
        with mock.patch.dict(os.environ, env), contextlib.chdir(root), contextlib.redirect_stdout(io.StringIO()) as out:
            module.main()
        return Shown(notes_of(out.getvalue()), summary.read_text(encoding="utf-8"))

    return run_here


HOSTILE = [
    "::error::x",
    "\n::add-mask::x",
    "\r::x",
    "##[group]",
    "%0A::x",
    "%25",
    ",file=/etc/passwd",
    "\x1b[31m",
    "\u202e",
    "\u2028::x",
    "\x85::x",
    "\x0b",
    "\0",
    "a.js:3",
    "```",
    "|",
    "</pre>",
    "</details>",
    "<!--",
    "&#10;",
    "\\",
    "\n\n# x",
]
words = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), max_size=6).map("".join)
quick = settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def quote(value: str) -> str:
    """Write any text into XML, with references for what cannot stand in it."""
    return "".join(c if c.isalnum() and c.isascii() else f"&#{ord(c)};" for c in value)


@quick
@given(cases=st.lists(st.tuples(words, words, words, words, words), max_size=14), raw=st.booleans())
def test_no_report_gives_a_command(
    here: Callable[..., Shown], cases: list[tuple[str, str, str, str, str]], raw: bool
) -> None:
    write = (lambda value: value.replace("&", "").replace("<", "").replace('"', "")) if raw else quote
    content = "".join(
        f'<testcase classname="{write(a)}" name="{write(b)}" file="{write(c)}" line="{write(c)}">'
        f'<failure message="{write(d)}">{write(e)}</failure></testcase>'
        for a, b, c, d, e in cases
    )
    shown = here(f'<testsuite name="x">{content}</testsuite>'.encode("utf-8", "replace"))
    errors = shown.level("error")
    assert len(errors) <= 10
    assert len(shown.notes) - len(errors) <= 1
    assert {note.file for note in errors} <= {"", "a.js"}
    found = tags_of(shown.summary)
    assert set(found) <= ELEMENTS
    assert found.count("h2") == 1
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", shown.summary)


@quick
@given(values=st.tuples(words, words, words, words))
def test_no_variable_gives_a_command(here: Callable[..., Shown], values: tuple[str, str, str, str]) -> None:
    suites, waivers, patterns, title = (value.replace("\0", "") for value in values)
    try:
        os.fsencode(suites + waivers + patterns + title)
    except UnicodeEncodeError:
        return
    shown = here(
        b"<testsuite/>",
        PIPEGEN_SUITES=suites,
        PIPEGEN_WAIVERS=f"a={waivers}",
        PIPEGEN_JUNIT=patterns,
        PIPEGEN_TITLE=title,
    )
    assert shown.level("error") == []


@quick
@given(
    content=st.binary(max_size=60),
    start=st.sampled_from([b"", b"<testsuite>", b"\xff\xfe", b"<?xml version='1.0' encoding='"]),
)
def test_no_bytes_crash_it(here: Callable[..., Shown], content: bytes, start: bytes) -> None:
    assert here(start + content).level("error") == []


PAGE = [
    "```",
    "````",
    "~~~",
    "```sh",
    "- ```",
    "  ```",
    "    ```",
    "> ```",
    "1. ~~~",
    "<!-- x",
    "x -->",
    "x",
    "",
    "# h",
    "- x",
    "<details>",
    "</details>",
    "```x```",
    "<pre>",
    "</pre>",
    "<b>",
    "<script>",
    "<?x",
    "<!X",
    "<![CDATA[",
    "---",
    "| a |",
    "[x]: /y",
]


@settings(max_examples=500, deadline=None, database=None)
@given(page=st.lists(st.sampled_from(PAGE), max_size=9).map("\n".join))
def test_no_page_swallows_the_next(tmp_path_factory: pytest.TempPathFactory, page: str) -> None:
    root = tmp_path_factory.getbasetemp()
    report(root, page, "page.md")
    markdown = f"{MODULE.page_block(root, 'page.md', 'last.md')}\n\n---\n\n##### Next"
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    assert [token.level for token in tokens if token.tag == "h5" and token.type == "heading_open"] == [0]


PATTERN = ["**", "*", "[", "]", "[z-a]", "!", "/", ".", "..", "?", "a", "{a,b}", "~", "$HOME", "\\"]


@settings(max_examples=500, deadline=None, database=None)
@given(pattern=st.lists(st.sampled_from(PATTERN), min_size=1, max_size=6).map("".join))
def test_no_pattern_crashes_it_or_leaves_the_repository(tmp_path_factory: pytest.TempPathFactory, pattern: str) -> None:
    root = (tmp_path_factory.getbasetemp() / "patterns" / "root").resolve()
    report(root, "", "a/a")
    report(root, "", "../a")
    assert MODULE.find(root, pattern) in ([], ["a/a"])


def test_a_page_is_quoted_only_where_it_could_swallow_another(tmp_path: Path) -> None:
    report(tmp_path, "x\n```\ny", "1.md")
    report(tmp_path, "plain", "2.md")
    report(tmp_path, "<b>\n```\nz", "3.md")
    assert run(tmp_path, PIPEGEN_PAGES="*.md").summary.endswith(
        "---\n\n> x\n> ```\n> y\n\n---\n\nplain\n\n---\n\n<b>\n```\nz\n\n"
    )


MODULE = load()

# What users' own linters say of it in their repository

LINTERS = {
    "black": ["black", "--check", "--diff", "--quiet"],
    "flake8": ["flake8", "--isolated"],
    "isort": ["isort", "--check", "--diff"],
    "ruff": ["ruff", "check", "--isolated", "--no-cache"],
    "ruff-format": ["ruff", "format", "--isolated", "--no-cache", "--diff"],
}


@pytest.mark.parametrize("command", LINTERS.values(), ids=LINTERS.keys())
def test_users_linters_are_content(tmp_path: Path, command: list[str]) -> None:
    shipped = tmp_path / "test-report.py"
    shipped.write_text(with_header(SCRIPT.name, SCRIPT.read_text(encoding="utf-8")), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", *command, shipped.name], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "" if "ruff" not in command else done.stdout), done.stdout


def test_it_needs_no_more_than_python_3_10_and_its_library() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 10))
    imports = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imports |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.partition(".")[0] for name in imports} <= sys.stdlib_module_names
    assert not imports & {"subprocess", "socket", "urllib", "http", "ctypes", "importlib", "pickle"}
