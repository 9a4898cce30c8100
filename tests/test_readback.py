"""Reading back: every bug that is put into a printer is caught, and the readers see what the real ones see."""

from __future__ import annotations

import importlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from cases import ACCEPTED, EXAMPLES, PROJECT, compiled
from pipegen import workflow_text
from pipegen.compiler import compile_manifest
from pipegen.files import WorkTree
from pipegen.output import FileTree, with_header
from pipegen.targets.aws import hcl
from pipegen.targets.aws import readback as hcl_readback
from pipegen.targets.aws.hcl import Block, Expression, Value
from pipegen.targets.github import printer
from pipegen.targets.github import readback as yaml_readback
from pipegen.targets.github.printer import to_yaml
from pipegen.targets.github.workflow import Concurrency, Job, Noted, RunStep, Service, UsesStep, Workflow
from pipegen.targets.rendered import MisprintError, Rendered, check_what_is_written, copied
from terraform.cli import Terraform, TerraformError, needs_terraform

PIPEGEN = Path(sys.executable).with_name("pipegen")
MANIFESTS = [*ACCEPTED, *(example / "deploy.yaml" for example in EXAMPLES)]

# Bugs of printers: what each replaces a function with

Broken = Callable[[Any], Any]


def _each_scalar(edit: Callable[[str, str], str]) -> Broken:
    """Edit what is printed of a text; the edit is given the text too."""
    return lambda real: lambda text, **flow: edit(text, real(text, **flow))


def _each_line(edit: Callable[[str], str]) -> Broken:
    return lambda real: lambda *given: map(edit, real(*given))


def _each_literal(edit: Callable[[str], str]) -> Broken:
    return lambda real: lambda *given: map(edit, real(*given)) if isinstance(given[1], str) else real(*given)


def _inline(kind: type, edit: Callable[[Any, str], str]) -> Broken:
    """Edit what is printed of a value of exactly this kind."""
    return lambda real: lambda value: edit(value, real(value)) if type(value) is kind else real(value)


def _swapped_jobs(workflow: Workflow) -> Workflow:
    return workflow.but(jobs=dict(zip(workflow.jobs, reversed([*workflow.jobs.values()]), strict=True)))


def _swapped_modules(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    if len(blocks) < 2:
        return blocks
    *others, one, other = blocks
    return (*others, one.but(attributes=other.attributes), other.but(attributes=one.attributes))


def _twice(real: Any) -> Any:
    return lambda value: [entry for entry in real(value) for _ in range(1 + (entry[0] == "env"))]


GITHUB, PRINTER = "pipegen.targets.github", "pipegen.targets.github.printer"
AWS, HCL = "pipegen.targets.aws", "pipegen.targets.aws.hcl"
COMPILER = "pipegen.compiler"
BUGS: Mapping[str, tuple[str, str, Broken]] = {
    "a key is dropped": (PRINTER, "_entries", lambda real: lambda v: [e for e in real(v) if e[0] != "timeout-minutes"]),
    "a key is printed twice": (PRINTER, "_entries", _twice),
    "the braces of an empty mapping are lost": (PRINTER, "_entry", _each_line(lambda line: line.removesuffix(" {}"))),
    "a word that YAML 1.1 types is bare": (PRINTER, "reads_as_other_than_text", lambda _: lambda _: False),
    "digits are bare": (PRINTER, "scalar", _each_scalar(lambda text, shown: text if text.isdigit() else shown)),
    "what looks octal is bare": (
        PRINTER,
        "scalar",
        _each_scalar(lambda text, shown: text if re.fullmatch("0[0-9]+", text) else shown),
    ),
    "an indicator begins a bare text": (PRINTER, "_PLAIN", lambda real: re.compile(f"[&*!].+|{real.pattern}")),
    "a colon or a comment is in a bare text": (PRINTER, "_NOT_PLAIN", lambda _: re.compile("never")),
    "single quotes are not doubled": (PRINTER, "scalar", _each_scalar(lambda _, shown: shown.replace("''", "'"))),
    "the wrong quotes are used": (
        PRINTER,
        "scalar",
        _each_scalar(lambda text, shown: f"'{shown[1:-1]}'" if "\\" in json.dumps(text) and shown[0] == '"' else shown),
    ),
    "the last item of a list is lost": (PRINTER, "_texts", lambda real: lambda start, i, m: real(start, i[:-1], m)),
    "a list is reversed": (PRINTER, "_texts", lambda real: lambda start, items, m: real(start, items[::-1], m)),
    "indentation in a block is lost": (
        PRINTER,
        "_entry",
        _each_literal(lambda line: re.sub("^ {12,}", " " * 10, line)),
    ),
    "a level of indentation is lost": (PRINTER, "_mapping", lambda real: lambda e, i: real(e, i - 2 * (i == 4))),
    "the lines of a block are folded": (PRINTER, "_entry", _each_literal(lambda line: line.replace(": |", ": >"))),
    "the last newline of a block is lost": (PRINTER, "_entry", _each_literal(lambda x: re.sub(r": \|$", ": |-", x))),
    "a block gains a newline": (PRINTER, "_entry", _each_literal(lambda line: re.sub(r": \|-$", ": |", line))),
    "jobs are swapped": (GITHUB, "to_yaml", lambda real: lambda workflow: real(_swapped_jobs(workflow))),
    "the last line is lost": (GITHUB, "to_yaml", lambda real: lambda w: real(w)[:-1].rpartition("\n")[0] + "\n"),
    "a truth value is a text": (PRINTER, "_inline", _inline(bool, lambda _, shown: f'"{shown}"')),
    "a number is a text": (PRINTER, "_inline", _inline(int, lambda _, shown: f'"{shown}"')),
    "a number is octal": (PRINTER, "_inline", _inline(int, lambda _, shown: f"0{shown}")),
    "a comment swallows its value": (PRINTER, "_inline", _inline(Noted, lambda _, shown: f"# {shown}")),
    "a comment touches its value": (PRINTER, "_inline", _inline(Noted, lambda _, shown: shown.replace(" #", "#"))),
    "the comment of a value is lost": (PRINTER, "_inline", _inline(Noted, lambda noted, _: noted.value)),
    "the comment of a job is lost": (
        PRINTER,
        "_entry",
        lambda real: lambda key, value, i: (x for x in real(key, value, i) if not x.lstrip().startswith("# ")),
    ),
    "a copied file loses its end": (
        GITHUB,
        "copied",
        lambda real: lambda text: real(text).but(text=text.rstrip()),
    ),
    "the header is lost": (COMPILER, "with_header", lambda _: lambda _, body: body),
    "the header swallows a line": (
        COMPILER,
        "with_header",
        lambda real: lambda path, body: real(path, body)[: -len(body) - 1] + body,
    ),
    "a reference to a variable is not escaped": (HCL, "literal", _each_scalar(lambda _, x: x.replace("$${", "${"))),
    "a directive is not escaped": (HCL, "literal", _each_scalar(lambda _, shown: shown.replace("%%{", "%{"))),
    "quotes of a literal are not escaped": (HCL, "literal", _each_scalar(lambda _, shown: shown.replace('\\"', '"'))),
    "a backslash is not escaped": (HCL, "literal", _each_scalar(lambda _, shown: shown.replace("\\\\", "\\"))),
    "an integer is a text": (HCL, "_inline", _inline(int, lambda _, shown: f'"{shown}"')),
    "true is a text": (HCL, "_inline", _inline(bool, lambda _, shown: f'"{shown}"')),
    "a text is a reference": (HCL, "_inline", _inline(str, lambda text, x: text if text.isidentifier() else x)),
    "a reference is a text": (HCL, "_inline", _inline(Expression, lambda _, shown: json.dumps(shown))),
    "the last attribute is lost": (HCL, "_attributes", lambda real: lambda a, m: real(dict([*a.items()][:-1]), m)),
    "attributes are printed twice": (HCL, "_attributes", lambda real: lambda *given: [*real(*given)] * 2),
    "commas of a long list are lost": (HCL, "_over_lines", _each_line(lambda line: line.removesuffix(","))),
    "inner blocks are lost": (HCL, "_block", lambda real: lambda block, m: real(block.but(blocks=()), m)),
    "a block is not closed": (HCL, "_block", lambda real: lambda block, m: [*real(block, m)][:-1]),
    "the labels of a block are lost": (HCL, "_block", lambda real: lambda b, m: real(b.but(labels=()), m)),
    "modules are swapped": (AWS, "to_hcl", lambda real: lambda blocks: real(_swapped_modules(blocks))),
}


FORGETFUL = (printer.scalar, printer._text, hcl.literal)


@pytest.fixture(autouse=True)
def _nothing_printed_before() -> Iterator[None]:
    """Printers remember what they have printed, which a bug put into one must neither find nor leave behind."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for remembering in FORGETFUL:
        remembering.cache_clear()


@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_of_a_printer_is_caught(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it changes what is written: what is not refused is, byte for byte, what is written without the bug."""
    expected = {manifest: _files(manifest) for manifest in MANIFESTS}
    module, name, broken = BUGS[bug]
    found = importlib.import_module(module)
    monkeypatch.setattr(found, name, broken(getattr(found, name)))
    _forget()
    caught = 0
    for manifest in MANIFESTS:
        try:
            assert _compiled(manifest) == expected[manifest]
        except MisprintError:
            caught += 1
    assert caught


@cache
def _files(manifest: Path) -> FileTree:
    return _compiled(manifest)


def _compiled(manifest: Path) -> FileTree:
    if manifest in ACCEPTED:
        files = compiled(manifest).files
    else:
        files = compile_manifest(manifest.read_bytes(), WorkTree(manifest.parent)).files
    assert files is not None
    return files


@pytest.mark.parametrize("command", ["compile", "lint"])
@pytest.mark.parametrize("optimised", ["0", "2"])
def test_nothing_is_written_once_a_bug_has_shown(tmp_path: Path, command: str, optimised: str) -> None:
    """Nor can it be turned off as an assertion can."""
    repository, broken = tmp_path / "repository", tmp_path / "broken"
    shutil.copytree(PROJECT / "examples/library", repository)
    (repository / "deploy.yaml").write_text((repository / "deploy.yaml").read_text().replace("make unit", "make all"))
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import pipegen.targets.github.printer as printer\n"
        "real = printer._inline\n"
        "printer._inline = lambda value: 'true' if value is False else real(value)\n"
    )
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    run = subprocess.run(
        [PIPEGEN, command],
        cwd=repository,
        env=os.environ | {"PYTHONPATH": str(broken), "PYTHONOPTIMIZE": optimised},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 3, run.stdout + run.stderr
    assert (
        "has a bug: MisprintError: .github/workflows/test.yml does not say what is meant: "
        "content.jobs.test-suites.strategy.fail-fast is True and not False" in run.stderr
    )
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before


NO_EXAMPLE_SHOWS: Mapping[str, tuple[str, str, Broken]] = {
    "a comma in a list is bare": (PRINTER, "_FLOW_INDICATOR", lambda _: re.compile("never")),
    "double quotes are not escaped": (PRINTER, "scalar", _each_scalar(lambda _, shown: shown.replace('\\"', '"'))),
    "what does not show is not escaped": (
        PRINTER,
        "scalar",
        _each_scalar(lambda text, _: json.dumps(text, ensure_ascii=False)),
    ),
    "a key is never quoted": (HCL, "_IDENTIFIER", lambda _: re.compile(".*")),
    "a key that begins an expression is bare": (HCL, "_IDENTIFIER", lambda _: re.compile("[a-z]+")),
    "a comment has a second line": (HCL, "to_hcl", lambda real: lambda blocks: real(blocks).replace("# a, ", "# a\n")),
}


@pytest.mark.parametrize("bug", NO_EXAMPLE_SHOWS)
def test_a_bug_that_no_example_shows_is_caught(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No manifest of these tests has a text that comes to these places."""
    name, attribute, broken = NO_EXAMPLE_SHOWS[bug]
    blocks = (Block("a", (), {"b": {"for": 0}, "c": {'"d e': 0}}, comment="a, b"),)

    def check() -> None:
        _check_hcl(blocks)
        _check_yaml(_workflow("a, b"))
        _check_yaml(_workflow('"a"\u2028'))

    check()
    module = importlib.import_module(name)
    monkeypatch.setattr(module, attribute, broken(getattr(module, attribute)))
    _forget()
    with pytest.raises(MisprintError):
        check()


# The comparison


@pytest.mark.parametrize(
    ("meant", "read", "said"),
    [
        ({"a": 1}, {"a": True}, "a is True and not 1"),
        ({"a": {"b": ["x", "y"]}}, {"a": {"b": ["x", "z"]}}, "a.b[1] is 'z' and not 'y'"),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, "the file has the keys ['b', 'a'] and not ['a', 'b']"),
        ({"a": [1]}, {"a": [1, 2]}, "a has 2 items and not 1"),
        ({"a": None}, {"a": {}}, "a is {} and not None"),
        ({"a": []}, {"a": {}}, "a is {} and not []"),
    ],
)
def test_the_first_difference_is_named(meant: object, read: object, said: str) -> None:
    with pytest.raises(MisprintError, match=f"^a.yml does not say what is meant: {re.escape(said)}$"):
        check_what_is_written("a.yml", with_header("a.yml", "").encode(), Rendered("", meant, lambda _: read))


def test_what_is_no_text_cannot_be_read_back() -> None:
    with pytest.raises(MisprintError, match=r"^a\.py cannot be read back: .*utf-8"):
        check_what_is_written("a.py", with_header("a.py", "").encode() + b"\xff", copied("\xff"))


@pytest.mark.parametrize("text", ["", "a\n", "# one\na\n", "one\n# two\na\n", "\n# one\n# two\n"])
def test_what_has_no_header_cannot_be_read_back(text: str) -> None:
    with pytest.raises(MisprintError, match=r"^a\.yml cannot be read back: its header is missing$"):
        check_what_is_written("a.yml", text.encode(), copied(""))


# YAML: what is printed reads back, and nothing else does

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"]) | st.sampled_from("\n\t"))
TRICKY = st.lists(
    st.sampled_from([*"-?:,[]{}#&*!|>'\"%@`~=<\\ \n\tx", "no", "010", "1e3", "1:30", "null", ": ", " #", "- ", "${{"])
).map("".join)
NOTES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)


def _workflow(text: str, note: str = "why") -> Workflow:
    steps = (
        RunStep(name="Run", id="run", env={"VALUE": text}, run=text),
        UsesStep(name="Use", id="use", uses=Noted("owner/name@0", note), with_={"path": text, "on": True, "days": 3}),
    )
    job = Job(
        comment=note,
        name=text,
        needs=(text, "a"),
        runs_on="ubuntu-24.04",
        timeout_minutes=5,
        permissions={"contents": Noted("read", note)},
        services={"db": Service(image=text, ports=())},
        steps=steps,
    )
    concurrency = Concurrency("g", True)
    return Workflow(name="Test", on={"push": None}, concurrency=concurrency, jobs={"a": job, "b": job.but(name="b")})


@settings(max_examples=500, deadline=None)
@given(TEXTS | TRICKY, NOTES)
def test_what_is_printed_as_yaml_reads_back(text: str, note: str) -> None:
    _check_yaml(_workflow(text, note))


def _check_yaml(workflow: Workflow, damaged: str | None = None) -> None:
    text = to_yaml(workflow) if damaged is None else damaged
    file = Rendered(text, yaml_readback.meant(workflow), workflow_text.read)
    check_what_is_written("a.yml", with_header("a.yml", text).encode(), file)


TRUTHS = st.sampled_from(["3.10", 'it\'s "so"', "two\n  lines\n", "no", "- a: b # c", "012", "a, b", "x"])
PIECES = [*" \n#:-'\"|>[]{},&*!?x0", "  ", "\n\n", " #", ": ", "---\n", "true", "\t", "\u2028", "\x85", "é"]


@settings(max_examples=400, deadline=None)
@given(TRUTHS, st.integers(0, 2**32))
def test_no_damage_to_yaml_passes_that_two_readers_see(text: str, seed: int) -> None:
    """A random edit either leaves what PyYAML and ruamel.yaml see as it was, or is refused."""
    workflow = _workflow(text)
    printed = to_yaml(workflow)
    damaged = _damaged(printed, random.Random(seed), PIECES)
    try:
        _check_yaml(workflow, damaged)
    except MisprintError:
        return
    seen = {json.dumps(load(shown)) for shown in (printed, damaged) for load in (yaml.safe_load, _ruamel)}
    assert len(seen) == 1


def _ruamel(text: str) -> object:
    return YAML(typ="safe", pure=True).load(text)


def _damaged(text: str, chance: random.Random, pieces: list[str]) -> str:
    """The text with a piece of it replaced, or with two of its lines swapped, or without one of them."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            del lines[one]
        case _:
            at = chance.randrange(len(lines[one]) + 1)
            lines[one] = lines[one][:at] + chance.choice(pieces) + lines[one][at + chance.randrange(3) :]
    return "\n".join(lines)


def test_what_is_read_of_a_workflow() -> None:
    text = """\
# the first
name: Test # of ours
"on":
  push: {branches: [main, "2"]}
#without a space
jobs:

  # of a job
  a:
    - b: true
      c: false
    - {} #  of an item
  none:
  numbers: [0, -12, 345]
  texts: ["true", 'it''s # none', "7", 1.0.0, a-b, yes-or-no]
  block: |
    # none

    a: b
"""
    assert workflow_text.read(text) == {
        "content": {
            "name": "Test",
            "on": {"push": {"branches": ["main", "2"]}},
            "jobs": {
                "a": [{"b": True, "c": False}, {}],
                "none": None,
                "numbers": [0, -12, 345],
                "texts": ["true", "it's # none", "7", "1.0.0", "a-b", "yes-or-no"],
                "block": "# none\n\na: b\n",
            },
        },
        "comments": ["the first", "of ours", "without a space", "of a job", " of an item"],
    }
    assert workflow_text.read("a: b\n# the last")["comments"] == ["the last"]
    assert workflow_text.read("[a, b]\n")["content"] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b # \u202e\n", "it holds a character that does not show"),
        ("a: 1\nb: 2\na: 3\n", "the key 'a' is there twice, or is no text:  in \"<unicode string>\", line 3, column 1"),
        ("a: b\n1: c\n", 'the key 1 is there twice, or is no text:  in "<unicode string>", line 2, column 1'),
        ("a: &x b\n", 'an anchor, an alias or a tag:  in "<unicode string>", line 1, column 4'),
        ("a: on\n", "'on' without quotes, which is no text to every reader"),
        ("a: b\t# c\n", "'\\t' between two values"),
        ("a: b\n---\nc: d\n", "DocumentStartEvent() where nothing but a document should be"),
        ("a: [", "while parsing a flow node"),
    ],
)
def test_why_a_workflow_is_not_read(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        workflow_text.read(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("00", "00a"),
        ("+1", "+"),
        ("0o7", "0o"),
        ("0o7", "0o8"),
        ("0xA", "0x"),
        ("1.", "1.a"),
        (".5", "."),
        ("-1.5e-3", "1.5e-"),
        ("1e3", "1e"),
        ("-.inf", ".info"),
        (".NaN", "+.nan"),
        ("~", "a~"),
        ("NULL", "nULL"),
        ("Yes", "yEs"),
        ("1:30", "1:a"),
    ],
)
def test_what_readers_would_type_is_refused_and_what_they_would_not_is_a_text(typed: str, text: str) -> None:
    with pytest.raises(ValueError, match="no text to every reader"):
        workflow_text.read(f"a: {typed}\n")
    assert workflow_text.read(f"a: {text}\n")["content"] == {"a": text}


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "a: 1:30\n",
        "a: 0o17\n",
        "a: 017\n",
        "a: 1e3\n",
        "a: off\n",
        "on: 1\n",
        "1: a\n",
        "a: 2001-01-01\n",
        "a: ~\n",
        "a: .5\n",
        "a: 1.e3\n",
        "a: [\n",
        "---\na: 1\n",
        "a: 1\n...\n",
        "a: 1\n---\nb: 2\n",
        "a: b\u2028\n",
        "a: b # \u202e\n",
        "<<: {a: 1}\n",
        "a: b\t\n",
        "",
    ],
)
def test_yaml_that_pipegen_never_writes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        workflow_text.read(text)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        *[("", None), ("true", True), ("false", False), ("-12", -12)],
        *[(text, text) for text in ("+", ".", "0o", "0x", "1e", "e5", "v1.2")],
    ],
)
def test_an_unquoted_word_is_what_every_reader_takes_it_for(word: str, value: object) -> None:
    found = workflow_text.read(f"a: {word}\n")["content"]["a"]
    assert (found, type(found)) == (value, type(value))


def test_comments_are_read_wherever_they_stand() -> None:
    assert workflow_text.read("# a\nb: 1 # c\n#d\n") == {"comments": ["a", "c", "d"], "content": {"b": 1}}


# HCL: the same, and Terraform is who knows

KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12) | st.sampled_from(["for", "null", "in"])
HCL_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('${}%"\\\n\t'))
VALUES: st.SearchStrategy[Value] = st.recursive(
    HCL_TEXTS
    | st.booleans()
    | st.integers()
    | st.sampled_from([Expression('a.b["$${c}"].d'), Expression("{ a = b.c }")]),
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.from_regex("[a-z][a-z_]{0,8}", fullmatch=True), VALUES, max_size=4), HCL_TEXTS, NOTES)
def test_what_is_printed_as_hcl_reads_back(attributes: Mapping[str, Value], label: str, note: str) -> None:
    inner = Block("inner", (), attributes)
    _check_hcl((Block("outer", (label,), attributes, (inner, inner), note), Block("empty")))


def _check_hcl(blocks: tuple[Block, ...]) -> None:
    file = Rendered(hcl.to_hcl(blocks), hcl_readback.meant(blocks), hcl_readback.read)
    check_what_is_written("a.tf", with_header("a.tf", file.text).encode(), file)


LITERALS: Value = {
    "text": ('${x} %{ if "y" } \\ $', "$${", "%%{", "two\nlines\t", "\\u0041"),
    "long": tuple(f"an item of some length, number {number}" for number in range(5)),
    "nested": {"a": {"b": ({"c": True}, {"d": -7}), "e": {}}, "f-g h": ()},
    "for": 0,
    "long_object": {f"key_{number}": {"value": f"{number}" * 20, "$": False} for number in range(3)},
}
HCL_PIECES = [
    *' \n"\\${}%[]=,.#0-a',
    "${",
    "%{",
    "$$",
    "\\u0041",
    "\\",
    "true",
    "for",
    "  ",
    "\n\n",
    '"b"',
    "//",
    "1e3",
]


def test_terraform_reads_what_the_reader_reads(tmp_path: Path) -> None:
    """Texts that the reader accepts after a random edit, with other values, are read by Terraform as those values."""
    needs_terraform()
    chance = random.Random(0)
    printed = hcl.to_hcl((Block("locals", (), {"value": LITERALS}),))
    damaged = {_damaged(printed, chance, HCL_PIECES) for _ in range(6000)}
    accepted = [(text, value) for text in sorted(damaged) if (value := _literals(text)) is not None]
    changed = [value for _, value in accepted if value != _literals(printed)]
    assert min(len(accepted), len(changed)) > 300
    outputs = []
    for number, (text, _) in enumerate(accepted):
        (tmp_path / f"{number}.tf").write_text(re.sub("value *=", f"value_{number} =", text, count=1))
        outputs.append(Block("output", (f"_{number}",), {"value": Expression(f"jsonencode(local.value_{number})")}))
    (tmp_path / "outputs.tf").write_text(hcl.to_hcl(tuple(outputs)))
    terraform = Terraform(tmp_path)
    terraform.init()
    read = terraform.apply()
    for number, (text, value) in enumerate(accepted):
        assert json.loads(read[f"_{number}"]) == value, text


def _literals(text: str) -> Any:
    """The value in the only block, `locals`; None if the reader refuses, or if there is a reference in it."""
    try:
        found = json.loads(json.dumps(hcl_readback.read(text)))
    except (ValueError, TypeError):
        return None
    block: Mapping[str, Any] = {"comment": "", "type": "locals", "labels": [], "blocks": []}
    value = found[0]["attributes"].get("value") if found else None
    return value if found == [{**block, "attributes": {"value": value}}] else None


def test_what_the_reader_accepts_of_a_root_is_hcl(tmp_path: Path) -> None:
    """Roots after a random edit: whatever the reader accepts, Terraform's own parser accepts."""
    needs_terraform()
    chance = random.Random(0)
    roots = sorted(text for text in _roots() if len(text) < 5000)
    damaged = {_damaged(chance.choice(roots), chance, HCL_PIECES) for _ in range(4000)}
    accepted = sorted(text for text in damaged if _is_read(text))
    assert 300 < len(accepted) < len(damaged) - 300
    for number, text in enumerate(accepted):
        (tmp_path / f"{number}.tf").write_text(text)
    Terraform(tmp_path).run("fmt", "-write=false", "-list=false")
    (tmp_path / "wrong.tf").write_text("a {\n  b = {for = 1}\n}\n")
    with pytest.raises(TerraformError, match=r"wrong\.tf"):
        Terraform(tmp_path).run("fmt", "-write=false", "-list=false")


def _roots() -> Iterator[str]:
    for manifest in MANIFESTS:
        for path, text in _files(manifest).items():
            if re.fullmatch(r"deploy/[^/]+/main\.tf", path):
                yield text


def _is_read(text: str) -> bool:
    try:
        hcl_readback.read(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\n",
        "a {\n  b = 1\n  b = 2\n}\n",
        "a {\n  b = { c = 1, c = 2 }\n}\n",
        'a {\n  b = { c = 1, "c" = 2 }\n}\n',
        "a {\n  b = { for = 1 }\n}\n",
        'a {\n  b = "${c}"\n}\n',
        'a {\n  b = "%{ if true }"\n}\n',
        'a {\n  b = "c\nd"\n}\n',
        'a {\n  b = "\\b"\n}\n',
        'a {\n  b = "\\ud800"\n}\n',
        "a {\n  b = 1 + 1\n}\n",
        "a {\n  b = 01\n}\n",
        "a {\n  b = 1.5\n}\n",
        "a {\n  b = f(1)\n}\n",
        "a {\n  b = [1 2]\n}\n",
        "a {\n  b = 1 c = 2\n}\n",
        "a {\n  b = 1 # why\n}\n",
        "a {\n  # why\n  b = 1\n}\n",
        "a { b = 1 }\n",
        "a { b = 1\n}\n",
        "a {} b {}\n",
        "a {\n  b = c.\n}\n",
        "a {\n  b = c[d]\n}\n",
        "a {\n  b = { c d = 1 }\n}\n",
        "a {\n  b = <<EOT\nc\nEOT\n}\n",
        "a {\n",
        "a {}\n}\n",
        'a {\n  b = "\u202e"\n}\n',
        "# \u202e\na {}\n",
        "\ta {}\n",
    ],
)
def test_hcl_that_pipegen_never_writes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        hcl_readback.read(text)


def test_nobody_changes_what_was_read_and_kept() -> None:
    """Over all manifests in one process, as an editor has them."""
    files = [text for manifest in MANIFESTS for path, text in _files(manifest).items() if path.endswith(".yml")]
    assert len(files) > 20
    for text in files:
        assert workflow_text.read(text) == workflow_text.read.__wrapped__(text)


@pytest.mark.parametrize("module", ["publishing", "github-environment"])
def test_a_damaged_installation_removes_nothing(tmp_path: Path, module: str) -> None:
    repository, source = tmp_path / "repository", tmp_path / "source"
    shutil.copytree(PROJECT / "examples/application", repository)
    shutil.copytree(PROJECT / "src", source)
    shutil.rmtree(source / "pipegen/targets/aws/modules" / module)
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    run = subprocess.run(
        [sys.executable, "-m", "pipegen", "compile"],
        cwd=repository,
        env=os.environ | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert f"modules/{module}" in run.stderr
    assert "Traceback" not in run.stderr
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before
