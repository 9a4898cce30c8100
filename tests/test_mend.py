"""Fixes: each does away with its finding, and with nothing else; whatever it does not edit stays, byte for byte."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import ACCEPTED, FILES, REJECTED, Holding
from pipegen.compiler import MANIFEST, Compilation, compile_manifest
from pipegen.diagnostics import Diagnostic, Edit, Fix, Safety, Span
from pipegen.document import Document, Mapping, Node, Scalar, Sequence
from pipegen.mend import apart, edited, mend
from pipegen.source import read
from test_cli import CLEAN, FINDINGS, USAGE, pipegen

WRITTEN = {
    "as it is": lambda data: data,
    "on Windows": lambda data: b"\xef\xbb\xbf" + data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "without a last line end": lambda data: data.rstrip(b"\r\n"),
}


def _compiled(data: bytes, name: str = "") -> Compilation:
    return compile_manifest(data, Holding(*FILES.get(name, ("Dockerfile",))))


def _identity(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.rule.name, diagnostic.message


def _first_fixes(compilation: Compilation) -> list[Fix]:
    """What `mend` would make."""
    return [fix for diagnostic in compilation.diagnostics for fix in diagnostic.fixes[:1] if fix.edits]


def _lines_that_stay(data: bytes, fix: Fix) -> list[bytes]:
    """The lines that no edit touches."""
    touched = {n for edit in fix.edits for n in range(edit.span.line, edit.span.end_line + 1)}
    return [line for n, line in enumerate(data.splitlines(keepends=True), 1) if n not in touched]


def _check_every_fix(data: bytes, name: str = "") -> int:
    """How many fixes there were."""
    before = _compiled(data, name).diagnostics
    counted = Counter(map(_identity, before))
    seen = 0
    for diagnostic in before:
        for fix in diagnostic.fixes:
            after = edited(data, fix.edits)
            assert read(after, MANIFEST).document is not None, (fix, after.decode())
            left = Counter(map(_identity, _compiled(after, name).diagnostics))
            assert left[_identity(diagnostic)] < counted[_identity(diagnostic)], (fix, after.decode())
            missing = Counter(_lines_that_stay(data, fix)) - Counter(after.splitlines(keepends=True))
            assert not missing, (fix, missing)
            assert after.count(b"\r\n") in (0, after.count(b"\n"))
            seen += 1
    return seen


@pytest.mark.parametrize("written", WRITTEN)
def test_each_fix_does_away_with_its_finding(written: str) -> None:
    """Over every rejected manifest, one fix at a time."""
    assert sum(_check_every_fix(WRITTEN[written](path.read_bytes()), path.stem) for path in REJECTED) > 15


@pytest.mark.parametrize("manifest", REJECTED, ids=lambda path: path.stem)
def test_all_fixes_together_leave_nothing_that_they_could_mend(manifest: Path) -> None:
    def compile_(data: bytes) -> Compilation:
        return _compiled(data, manifest.stem)

    data = manifest.read_bytes()
    mended = mend(data, compile_, (Safety.SAFE, Safety.UNSAFE))
    assert (mended.data == data) == (not mended.made)
    assert all(fix.safety is Safety.MANUAL for fix in _first_fixes(mended.compilation))
    assert mend(mended.data, compile_, (Safety.SAFE, Safety.UNSAFE)).data == mended.data


def test_a_safe_fix_keeps_what_the_manifest_says() -> None:
    """Only quotes, spellings of true and false, a repeated item and a needless waiver."""
    titles = set()
    for path in REJECTED:
        mended = mend(path.read_bytes(), lambda data, name=path.stem: _compiled(data, name), (Safety.SAFE,))  # type: ignore[misc]
        titles |= {made.fix.title.partition(" ")[0] for made in mended.made}
        assert all(made.fix.safety is Safety.SAFE for made in mended.made)
    assert titles == {"quote", "write", "delete"}


# Manifests that were right, with a mistake that people make


def _scalars(node: Node) -> list[Scalar]:
    match node:
        case Mapping(entries=entries):
            return [scalar for key, value in entries for scalar in (key, *_scalars(value))]
        case Sequence(items=items):
            return [scalar for item in items for scalar in _scalars(item)]
        case Scalar():
            return [node] if node.span.line == node.span.end_line and node.text else []


def _document(path: Path) -> Document:
    document = read(path.read_bytes(), MANIFEST).document
    assert document is not None
    return document


CORPUS = [(path, _document(path)) for path in ACCEPTED]
MISTAKES: dict[str, Callable[[str], str]] = {
    "quotes forgotten": lambda text: text.strip("\"'"),
    "a letter left out": lambda text: text[:2] + text[3:],
    "a letter twice": lambda text: text[:2] + text[1:],
    "letters swapped": lambda text: text[:1] + text[2:3] + text[1:2] + text[3:],
    "in capitals": str.upper,
    "with underscores": lambda text: text.replace("-", "_"),
    "a number in quotes": lambda text: f'"{text}"' if text.isdigit() else text,
    "yes for true": lambda text: {"true": "yes", "false": "No"}.get(text, text),
    "gone": lambda _: "x",
}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_each_fix_of_a_mistake_does_away_with_it(draw: st.DataObject) -> None:
    path, document = draw.draw(st.sampled_from(CORPUS))
    data = path.read_bytes()
    edits = []
    chosen = st.lists(st.sampled_from(_scalars(document.root)), min_size=1, max_size=3, unique_by=lambda s: s.span.line)
    for scalar in draw.draw(chosen):
        span = scalar.span
        written = document.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        edits.append(Edit(span, MISTAKES[draw.draw(st.sampled_from(sorted(MISTAKES)))](written)))
    wrong = WRITTEN[draw.draw(st.sampled_from(sorted(WRITTEN)))](edited(data, edits))
    if read(wrong, MANIFEST).document is not None:
        _check_every_fix(wrong, path.stem)
        mended = mend(wrong, lambda data: _compiled(data, path.stem), (Safety.SAFE, Safety.UNSAFE))
        assert not any(fix.safety is not Safety.MANUAL for fix in _first_fixes(mended.compilation))


# Edits


def test_edits_count_code_points_and_leave_the_mark_and_line_ends_of_windows() -> None:
    data = "\ufeff日本: 010 # é\r\nb: [𝒳, yes]\r\n".encode()
    edits = [Edit(Span(1, 5, 1, 8), '"010"'), Edit(Span(2, 8, 2, 11), '"yes"'), Edit(Span(2, 1, 2, 1), "a: 1\n")]
    assert edited(data, edits) == '\ufeff日本: "010" # é\r\na: 1\r\nb: [𝒳, "yes"]\r\n'.encode()


def test_of_fixes_that_meet_the_first_is_made() -> None:
    one, two, three = (Fix("fix", Safety.SAFE, (Edit(Span(1, n, 1, n + 4), ""),)) for n in (1, 4, 9))
    assert apart([one, two, three]) == [one, three]


def test_neighbours_that_are_taken_out_do_not_meet() -> None:
    out, other, put = Edit(Span(1, 1, 2, 1), ""), Edit(Span(2, 1, 3, 1), ""), Edit(Span(2, 1, 2, 1), "a\n")
    one, two, three = (Fix("fix", Safety.SAFE, (edit,)) for edit in (out, other, put))
    assert apart([one, two, three]) == [one, two]
    assert apart([three, one, two]) == [three]
    needing = Fix("fix", Safety.SAFE, (other,), needed=(out.span,))
    assert apart([one, needing]) == [one]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.integers(0, 3), st.sampled_from(["", "x"])).map(
            lambda at: Fix("fix", Safety.SAFE, (Edit(Span(1, at[0], 1, at[0] + at[1]), at[2]),))
        ),
        max_size=20,
    )
)
def test_fixes_are_taken_apart_as_if_each_were_compared_with_each(fixes: list[Fix]) -> None:
    chosen: list[Fix] = []
    for fix in fixes:
        if all(len(apart([other, fix])) == 2 for other in chosen):
            chosen.append(fix)
    assert apart(fixes) == chosen


def test_thousands_of_fixes_are_taken_apart_one_beside_the_other() -> None:
    """Each is compared with its neighbours only: with all, it would take 50 million comparisons."""
    fixes = [Fix("fix", Safety.SAFE, (Edit(Span(n, 1, n + 1, 1), ""),)) for n in range(10_000)]
    start = time.process_time()
    assert apart(fixes) == fixes
    assert time.process_time() - start < 5


def test_two_keys_that_are_missing_at_one_place_are_added_one_after_the_other() -> None:
    data = b"kind: library\ntest:\n  suites: {lint: make lint, unit: make unit}\n"
    mended = mend(data, _compiled, (Safety.UNSAFE,))
    assert mended.data.decode().splitlines()[:4] == [
        "version: 1",
        "kind: library",
        "name: data-val-fe",
        "repository: acme/data-val-fe",
    ]


REMOVALS = {
    "the only one": ("test:\n  waivers: {unit: none}\n  suites: {unit: x}\n", "test:\n  suites: {unit: x}\n"),
    "the first in braces": (
        "test: {waivers: {unit: a, lint: b}, suites: {unit: x}}\n",
        "test: {waivers: {lint: b}, suites: {unit: x}}\n",
    ),
    "the last in braces": (
        "test: {suites: {unit: x}, waivers: {lint: a, unit: b}}\n",
        "test: {suites: {unit: x}, waivers: {lint: a}}\n",
    ),
    "with its comment": (
        "test:\n  suites: {unit: x}\n  waivers:\n    # about lint\n    lint: a\n    unit: b # why\n  # end\n",
        "test:\n  suites: {unit: x}\n  waivers:\n    # about lint\n    lint: a\n  # end\n",
    ),
    "all of them, in turn": (
        "test:\n  suites: {unit: x, lint: z}\n  waivers:\n    unit: a\n\n    lint: b\n",
        "test:\n  suites: {unit: x, lint: z}\n",
    ),
    "neighbours at once": (
        "test:\n  suites: {unit: x, lint: z}\n  waivers:\n    acceptance: c\n    unit: a\n    lint: b\n",
        "test:\n  suites: {unit: x, lint: z}\n  waivers:\n    acceptance: c\n",
    ),
    "with the comment that is about it": (
        "test:\n  suites: {unit: x}\n  waivers:\n    lint: a\n    # about unit,\n    # here\n    unit: b\n    # end\n",
        "test:\n  suites: {unit: x}\n  waivers:\n    lint: a\n    # end\n",
    ),
    "a block": (
        "test:\n  suites: {unit: x}\n  waivers:\n    unit: >-\n      b # no comment\n\n    lint: a\n",
        "test:\n  suites: {unit: x}\n  waivers:\n\n    lint: a\n",
    ),
    "the end of the file": (
        "test:\n  suites: {unit: x}\n  waivers:\n    lint: a\n    unit: b",
        "test:\n  suites: {unit: x}\n  waivers:\n    lint: a\n",
    ),
}
TOP = "version: 1\nkind: library\nname: x\nrepository: acme/x\n"


@pytest.mark.parametrize("case", REMOVALS)
def test_what_is_removed_goes_with_its_lines_and_no_others(case: str) -> None:
    wrong, right = REMOVALS[case]
    mended = mend((TOP + wrong).encode(), _compiled, (Safety.SAFE,))
    assert mended.data.decode() == TOP + right


@pytest.mark.parametrize(
    "test",
    [
        "test: {suites: {unit: x}, waivers: {lint: a, # about lint\n  unit: b}}\n",
        "test:\n  suites: {unit: x}\n  waivers:\n    # about all of them?\n    unit: b\n    lint: a\n",
    ],
)
def test_a_comment_that_may_be_about_something_else_is_neither_removed_nor_left_to_it(test: str) -> None:
    wrong = TOP + test
    mended = mend(wrong.encode(), _compiled, (Safety.SAFE,))
    assert mended.data.decode() == wrong


# The command

MISTAKEN = """\
# What stands above the manifest stays.
version: 1  # of the language
kind: library
name: example
repositry: acme/example   # where it is
test:
  python: 3.10
  suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
""".replace("\n", "\r\n")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "deploy.yaml").write_bytes(MISTAKEN.encode())
    (tmp_path / "deploy.yaml").chmod(0o640)
    return tmp_path


def _manifest(repository: Path) -> str:
    return (repository / "deploy.yaml").read_bytes().decode()


def test_fix_writes_the_safe_fixes_and_nothing_else(repository: Path) -> None:
    run = pipegen("lint", "--fix", cwd=repository)
    assert (run.returncode, run.stderr) == (FINDINGS, "deploy.yaml:7: ambiguous-scalar: quote it\n")
    assert _manifest(repository) == MISTAKEN.replace("3.10", '"3.10"')
    assert (repository / "deploy.yaml").stat().st_mode & 0o777 == 0o640
    assert "`pipegen lint --fix --unsafe-fixes` mends it." in run.stdout
    assert [path.name for path in repository.iterdir()] == ["deploy.yaml"]


def test_unsafe_fixes_are_made_where_they_are_asked_for(repository: Path) -> None:
    run = pipegen("lint", "--fix", "--unsafe-fixes", cwd=repository)
    assert run.stderr.splitlines() == [
        "deploy.yaml:5: unknown-key: write `repository`",
        "deploy.yaml:7: ambiguous-scalar: quote it",
    ]
    assert _manifest(repository) == MISTAKEN.replace("3.10", '"3.10"').replace("repositry", "repository")
    assert pipegen("compile", cwd=repository).returncode == CLEAN
    again = pipegen("lint", "--fix", "--unsafe-fixes", cwd=repository)
    assert (again.returncode, again.stdout, again.stderr) == (CLEAN, "", "")


def test_diff_shows_what_would_be_changed_and_writes_nothing(repository: Path) -> None:
    for format in ("full", "concise", "github"):
        run = pipegen("lint", "--diff", "--fix", "--format", format, cwd=repository)
        assert (run.returncode, run.stderr) == (FINDINGS, "")
        assert '-  python: 3.10\n+  python: "3.10"\n' in run.stdout
        assert "+repository" not in run.stdout
    run = pipegen("lint", "--diff", "--unsafe-fixes", cwd=repository)
    assert "+repository: acme/example   # where it is\n" in run.stdout
    assert _manifest(repository) == MISTAKEN


def test_a_document_for_programs_has_the_edits_and_no_diff(repository: Path) -> None:
    run = pipegen("lint", "--diff", "--format", "json", cwd=repository)
    (found,) = [one for one in json.loads(run.stdout)["diagnostics"] if one["name"] == "ambiguous-scalar"]
    edit = {"span": {"line": 7, "column": 11, "endLine": 7, "endColumn": 15}, "text": '"3.10"'}
    assert found["fixes"] == [{"title": "quote it", "safety": "safe", "edits": [edit]}]


def test_a_hundred_fixes_are_named_and_the_others_counted(repository: Path) -> None:
    needless = "".join(f"# pipegen: ignore[moving-tag] {n}\n" for n in range(1_000))
    (repository / "deploy.yaml").write_text(needless + MISTAKEN.replace("\r\n", "\n"))
    run = pipegen("lint", "--fix", "--unsafe-fixes", cwd=repository)
    said = run.stderr.splitlines()
    assert said[2] == "deploy.yaml:1: unused-suppression: delete it"  # once there is no error any more
    assert (len(said), said[-1]) == (101, "deploy.yaml: 902 more")
    assert "ignore[" not in _manifest(repository)


def test_a_manifest_that_a_link_leads_to_is_mended_where_it_stands(repository: Path) -> None:
    (repository / "deploy.yaml").rename(repository / "real.yaml")
    (repository / "deploy.yaml").symlink_to("real.yaml")
    run = pipegen("lint", "--fix", cwd=repository)
    assert (run.returncode, run.stderr) == (FINDINGS, "deploy.yaml:7: ambiguous-scalar: quote it\n")
    assert (repository / "deploy.yaml").is_symlink()
    assert _manifest(repository) == MISTAKEN.replace("3.10", '"3.10"')


def test_unsafe_fixes_alone_say_nothing(repository: Path) -> None:
    run = pipegen("lint", "--unsafe-fixes", cwd=repository)
    assert (run.returncode, run.stdout) == (USAGE, "")
    assert run.stderr == "error: --unsafe-fixes says which fixes are meant: write it with --fix or --diff\n"


def _of_duplicate(text: str) -> tuple[Fix, ...]:
    reading = read(text.encode(), MANIFEST)
    assert [diagnostic.rule.name for diagnostic in reading.diagnostics] == ["duplicate-key"]
    return reading.diagnostics[0].fixes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: x\nb: y\na: x\n", "a: x\nb: y\n"),
        ("a: x\na: x # again\nb: y\n", "a: x\nb: y\n"),
        ("a: x\nb: y\n# again\na: x", "a: x\nb: y\n"),
        ("a: x\nb: >\n  y\na: x", "a: x\nb: >\n  y\n"),
        ("a: [x, {y: z}]\na:\n  - x\n  - y: z\nb: y\n", "a: [x, {y: z}]\nb: y\n"),
        ("a: |\n  x\n\na: |\n  x\n\n# of b\nb: y\n", "a: |\n  x\n\n\n# of b\nb: y\n"),
        ("c:\n- a: x\n  a: x\n", "c:\n- a: x\n"),
        ("a: 'x'\n'a': \"x\"\n", "a: 'x'\n"),
    ],
)
def test_a_key_that_is_stated_again_alike_is_deleted(before: str, after: str) -> None:
    (fix,) = _of_duplicate(before)
    assert (fix.safety, edited(before.encode(), fix.edits)) == (Safety.SAFE, after.encode())


def test_which_of_two_values_is_meant_is_for_a_person_to_say() -> None:
    (fix,) = _of_duplicate("a: x\na: y\n")
    assert (fix.title, fix.safety) == ("delete the second `a`", Safety.MANUAL)
    assert [one.safety for one in _of_duplicate("a: 1\na: '1'\n")] == [Safety.MANUAL]
    assert [one.safety for one in _of_duplicate("a: {b: x, c: y}\na: {c: y, b: x}\n")] == [Safety.SAFE]
    assert [one.safety for one in _of_duplicate("a: [x, y]\na: [y, x]\n")] == [Safety.MANUAL]


@pytest.mark.parametrize(
    "text",
    ["{a: x, a: x}\n", "{a: x,\n a: x}\n", "{a: x,\n  a: x, b: y\n}\n", "{\n a: x,\n a: x\n , b: y\n}\n"],
)
def test_what_stands_in_braces_is_left_to_a_person(text: str) -> None:
    assert _of_duplicate(text) == ()


@pytest.mark.parametrize("first", ["env: {a: x}\n", "env:\n  a: x\n"])
def test_a_key_that_is_stated_again_within_another_is_mended_first(first: str) -> None:
    text = f"{first}env:\n  a: x\n  a: z\n"
    inner, outer = read(text.encode(), MANIFEST).diagnostics
    assert (inner.span and inner.span.line, [fix.safety for fix in inner.fixes]) == (text.count("\n"), [Safety.MANUAL])
    assert outer.fixes == ()
    mended = edited(text.encode(), inner.fixes[0].edits).decode()
    (fix,) = _of_duplicate(mended)
    assert edited(mended.encode(), fix.edits).decode() == first


def test_what_cannot_be_read_is_left_as_it_is(repository: Path) -> None:
    (repository / "deploy.yaml").write_bytes(b"a: \xff\n")
    run = pipegen("lint", "--fix", "--unsafe-fixes", cwd=repository)
    assert (run.returncode, run.stderr) == (FINDINGS, "")
    assert (repository / "deploy.yaml").read_bytes() == b"a: \xff\n"


def test_a_fix_that_would_leave_no_manifest_is_refused() -> None:
    """It would be a bug in pipegen, which must not cost anybody their manifest."""
    broken = Fix("break it", Safety.SAFE, (Edit(Span(1, 1, 1, 1), "[{"),))

    def compile_(data: bytes) -> Compilation:
        found = _compiled(data)
        (first, *_) = found.diagnostics
        return found.but(diagnostics=(Diagnostic(first.rule, MANIFEST, None, "m", fixes=(broken,)),))

    with pytest.raises(RuntimeError, match="break it would leave a manifest that cannot be read"):
        mend(b"kind: library\n", compile_, [Safety.SAFE])
