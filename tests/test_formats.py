"""Formats: nothing secret or invisible is printed by any, none can be flooded, and the caret stays where it belongs."""

from __future__ import annotations

import json
from html import unescape

import pytest

from cases import Holding
from effort import at_most
from pipegen.compiler import MANIFEST, compile_manifest
from pipegen.diagnostics import SECRET, Diagnostic, Related, Span, visible
from pipegen.formats import LIMIT, Format, formatted
from pipegen.formats.full import COLUMNS
from pipegen.rules.linter_cannot_fail import LinterCannotFail
from pipegen.rules.shape import UnknownKey
from pipegen.source import MAX_BYTES


@pytest.fixture(autouse=True)
def _without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


# Credentials. Each is put together here, so that no scanner takes this file for a leak.

SECRETS = {
    "aws-key": "AKIA" + "IOSFODNN7EXAMPLE",
    "aws-secret": "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
    "github": "ghp_" + "a1B2" * 9,
    "github-fine": "github_pat_" + "a1B2" * 9,
    "gitlab": "glpat-" + "a1B2" * 5,
    "google": "AIza" + "a1B2-_9" * 5,
    "json-web-token": "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmN-HlOvA",
    "npm": "npm_" + "a1B2" * 9,
    "private-key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "slack": "xoxb" + "-123456789012-abcdefghij",
    "slack-webhook": "hooks.slack.com/" + "services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    "stripe": "sk_live_" + "a1B2" * 6,
}
URLS = {
    "postgresql://admin:" + "hunter2@db.example.com/x": "hunter2",
    "https://user:" + "hunter2@registry.example.com:8443": "hunter2",
    "redis://:" + "hunter2@cache.example.com": "hunter2",
    "amqp://a:" + "hunter2@10.0.0.1": "hunter2",
}
NO_SECRETS = [
    "postgresql://postgres:postgres@localhost:5432/test",
    "postgresql://postgres:postgres@localhost",
    "mysql://root:root@127.0.0.1/test",
    "redis://:password@redis:6379",
    "amqp://guest:guest@rabbitmq",
    "postgresql://a:b@[::1]/test",
    "postgresql://a:b@host.docker.internal/test",
    "https://user:$TOKEN@registry.example.com",
    "https://user:${TOKEN}@registry.example.com",
    "ssh://git@github.com/acme/x",
    "http://localhost:8080/@acme",
    "http://example.com:8080/ and me@example.com",
    "npm_config_registry",
    "sha256:" + "0a" * 32,
    "3d3c42e5aac5ba805825da76410c181273ba90b1",
    "eyJust.a.word",
]


def _everywhere(text: str) -> tuple[tuple[Diagnostic, ...], dict[str, str]]:
    """A diagnostic that says a text wherever it can, and stands in a file that has it too."""
    span = Span(1, 4, 1, 5)
    related = (Related("deploy.yaml", span, text),)
    diagnostic = Diagnostic(UnknownKey, "deploy.yaml", span, text, text, text, related, f" {text}\n+{text}\n")
    return (diagnostic,), {"deploy.yaml": f'a: "{text}"  # {text}\n'}


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_no_format_repeats_a_credential(format: Format, secret: str) -> None:
    shown = formatted(format, *_everywhere(secret))
    assert secret not in shown
    assert secret[5:-5] not in shown
    assert "***" in shown


@pytest.mark.parametrize("before", ["AWS_SECRET_ACCESS_KEY=", "key: ", "'", ":"])
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_a_credential_is_recognised_after_what_stands_before_one(before: str, secret: str) -> None:
    assert visible(before + secret) == f"{before}***"


@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("url", URLS)
def test_no_format_repeats_the_password_of_a_url(format: Format, url: str) -> None:
    shown = formatted(format, *_everywhere(url))
    assert URLS[url] not in shown
    assert "://***@" in shown.replace("%3A", ":")


@pytest.mark.parametrize("text", NO_SECRETS)
def test_what_is_no_credential_is_shown(text: str) -> None:
    assert SECRET.search(text) is None
    assert visible(text) == text


@pytest.mark.parametrize("format", Format)
def test_no_format_lets_a_character_through_that_a_terminal_would_obey(format: Format) -> None:
    shown = formatted(format, *_everywhere("\x1b[31m\u202e\u200b\u009b"))
    assert shown.replace("\n", "").isprintable()
    assert "<U+001B>[31m<U+202E><U+200B><U+009B>" in unescape(shown)


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo", "one\u2028two", "one\x85two"])
def test_a_line_holds_one_finding_whatever_it_says(text: str) -> None:
    diagnostics, sources = _everywhere(text)
    assert len(formatted(Format.CONCISE, diagnostics * 2, sources).splitlines()) == 2
    assert len(formatted(Format.GITHUB, diagnostics, sources).splitlines()) == 2


def test_a_credential_is_masked_before_the_line_is_cut() -> None:
    """Whichever part of it a cut would leave: with half of it gone, it would not be recognised."""
    secret = SECRETS["github"]
    for before in range(120, 200):
        line = f"{'x' * before} {secret} {'y' * 300}"
        for column in (1, 81, before, before + 1 + len(secret), before + 120):
            span = Span(1, column, 1, column + 1)
            shown = formatted(Format.FULL, (Diagnostic(UnknownKey, "a", span, "m"),), {"a": line})
            assert "a1B2" not in shown


# Where the caret stands


def _excerpt(line: str, column: int, end_column: int) -> tuple[str, str]:
    """What is shown of a line, and the part of it that is underlined."""
    diagnostic = Diagnostic(UnknownKey, "a", Span(1, column, 1, end_column), "m")
    shown, marks = formatted(Format.FULL, (diagnostic,), {"a": line}).splitlines()[3:5]
    shown = shown.removeprefix("1 | ")
    start = marks.index("^") - 4
    return shown, shown[start : start + marks.count("^")]


def test_a_short_line_is_shown_as_it_is() -> None:
    line = f"key: {'v' * 140} there"
    assert _excerpt(line, 147, 152) == (line, "there")


@pytest.mark.parametrize("before", [0, 1, 79, 80, 81, 500, 100_000])
@pytest.mark.parametrize("after", [0, 1, 200, 100_000])
def test_a_long_line_is_cut_around_the_caret(before: int, after: int) -> None:
    shown, marked = _excerpt(f"{'x' * before}here{'y' * after}", before + 1, before + 5)
    assert marked == "here"
    assert len(shown) <= COLUMNS + 2
    assert shown.startswith("…") == (before > 80 and before + after + 4 > COLUMNS)
    assert shown.endswith("…") == (after >= 200)


def test_the_caret_is_right_after_a_credential_a_tab_and_wide_characters() -> None:
    assert _excerpt(f'"{SECRETS["aws-key"]}" here', 24, 28) == ('"***" here', "here")
    assert _excerpt("a:\there", 4, 8) == ("a: here", "here")
    shown = formatted(Format.FULL, (Diagnostic(UnknownKey, "a", Span(1, 3, 1, 4), "m"),), {"a": "日本x"})
    assert shown.splitlines()[4] == "  |     ^"


def test_a_span_that_is_longer_than_what_is_shown_is_underlined_to_its_end() -> None:
    shown, marked = _excerpt("x" * 1000, 1, 1001)
    assert shown == f"{marked}…" == f"{'x' * COLUMNS}…"


def test_a_line_is_quoted_as_it_was_read() -> None:
    """Without the byte order mark and the line end that Windows writes, which no caret counts."""
    compilation = compile_manifest("\ufeffa: \x01b\r\n".encode(), Holding())
    shown = formatted(Format.FULL, compilation.diagnostics, {MANIFEST: compilation.text})
    assert "1 | a: <U+0001>b\n  |    ^^^^^^^^\n" in shown


# How much is printed


@pytest.mark.parametrize("format", Format)
def test_a_flood_is_cut_and_counted(format: Format) -> None:
    warnings = tuple(Diagnostic(LinterCannotFail, "a", Span(n, 1, n, 2), f"warning {n}") for n in range(1, 1001))
    error = Diagnostic(UnknownKey, "a", Span(2000, 1, 2000, 2), "the error")
    shown = formatted(format, (*warnings, error), {"a": "x\n" * 2000})
    assert "the error" in shown
    assert "warning 99" in shown
    assert "warning 100" not in shown
    if format is Format.JSON:
        document = json.loads(shown)
        assert (document["omitted"], len(document["diagnostics"])) == (901, LIMIT)
    else:
        assert "and 901 more" in shown
    if format is Format.FULL:
        assert "1 error and 1,000 warnings." in shown


@pytest.mark.parametrize("format", Format)
def test_what_is_within_the_limit_is_shown_in_order(format: Format) -> None:
    rules = (LinterCannotFail, UnknownKey)
    some = tuple(Diagnostic(rules[n % 2], "a", Span(n, 1, n, 2), f"finding {n:03}") for n in range(1, LIMIT + 1))
    shown = formatted(format, some, {"a": "x\n" * LIMIT})
    places = [shown.index(f"finding {n:03}") for n in range(1, LIMIT + 1)]
    assert places == sorted(places)
    assert "more" not in shown.replace("For more", "")


HEAD = "version: 1\nkind: application\nname: x\nrepository: acme/x\n"
FLOODS = {
    "one invisible character": "\x01" * 4096,
    "a line of invisible characters": "\x01" * MAX_BYTES,
    "invisible characters on lines of their own": "\x01\n" * (MAX_BYTES // 2),
    "several on every line": "\x01\x02\x03\x04\x05\x06\x07\x08\n" * (MAX_BYTES // 9),
    "escapes": 'a: "' + "\\x01" * (MAX_BYTES // 4 - 2) + '"',
    "different escapes": 'a: "' + "".join(f"\\U{0xE0000 + n % 4096:08X}" for n in range(MAX_BYTES // 10 - 1)) + '"',
    "escapes in every value": "".join(f'a{n}: "\\x01\\x02"\n' for n in range(13_000)),
    "duplicate keys": "a: b\n" * 20_000,
    "duplicate keys to the limit": "a: b\n" * (MAX_BYTES // 5),
    "long duplicate keys": f"{'k' * 8000}: 1\n" * 32,
    "unknown keys": HEAD + "".join(f"k{n}: b\n" for n in range(18_000)),
    "long unknown keys": HEAD + "".join(f"{n}{'k' * 1000}: 1\n" for n in range(250)),
    "environments": HEAD + "environments:\n" + "".join(f"  E{n}: {{after: E{n + 1}}}\n" for n in range(6000)),
    "expressions": HEAD + "test:\n  setup:\n" + '    - "${{ x }}"\n' * 13_000,
    "words that are no text": HEAD + "test:\n  setup:\n" + "    - yes\n" * 19_000,
    "aliases": "- *a\n" * 19_000,
    "flow": f"{{{'a,' * 19_000}}}",
    "a long value": HEAD + f"name: {'x' * 260_000}",
    "wide characters": HEAD + f"name: {'中' * 80_000}",
    "combining characters": HEAD + f"name: {chr(0x301) * 120_000}",
    "a credential": HEAD + f"name: {(SECRETS['aws-key'] + ' ') * 12_000}",
    "almost tokens": HEAD + f"name: {'-eyJaaaaaaaaaa' * 18_000}",
    "almost passwords": HEAD + f"name: {'://a:b' * 40_000}",
    "almost secrets": HEAD + f"name: {'aB1/' * 60_000}",
    "line feeds in a linter": HEAD + f'test: {{suites: {{lint: "{chr(92)}n' + "\\n" * 100_000 + '"}}',
    "blank lines in a linter": HEAD + "test:\n  suites:\n    lint: |\n" + "      \n" * 35_000,
    "not UTF-8": "\udcff" * MAX_BYTES,
    "comments that silence nothing": HEAD + "# pipegen: ignore[moving-tags] why\n" * 7_000,
    "comments without a reason": HEAD + "# pipegen: ignore[moving-tag]\n" * 8_000,
    "syntax": "a: " + "!" * 260_000,
}


@pytest.mark.parametrize("flood", FLOODS)
def test_whatever_a_manifest_holds_little_is_printed_and_soon(flood: str) -> None:
    data = FLOODS[flood].encode("utf-8", "surrogateescape")
    assert len(data) <= MAX_BYTES
    with at_most(2):
        compilation = compile_manifest(data, Holding())
    assert compilation.diagnostics
    for format in Format:
        with at_most(1):
            shown = formatted(format, compilation.diagnostics, {MANIFEST: compilation.text})
        assert len(shown.encode()) < 1_000_000, format
