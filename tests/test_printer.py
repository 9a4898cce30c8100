"""The printer: whatever a text is, readers of YAML 1.1 and of YAML 1.2 get that text back."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pipegen.scalars import reads_as_other_than_text
from pipegen.targets.github.printer import scalar, to_yaml
from pipegen.targets.github.workflow import Concurrency, Job, Noted, RunStep, UsesStep, Workflow

# Anything that the reader lets through, and often what YAML has a meaning for.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"]) | st.sampled_from("\n\t"))
TRICKY = st.lists(
    st.sampled_from(
        [*"-?:,[]{}#&*!|>'\"%@`~=<\\ \n\t", "no", "0x1", "1e3", "1:30", "null", ": ", " #", "- ", "${{", "x"]
    )
).map("".join)


def _workflow(text: str) -> Workflow:
    steps = (
        RunStep(name="a", id="a", env={"VALUE": text}, run=text),
        UsesStep(name="b", id="b", uses=Noted("owner/name@0", "v1"), with_={"path": text, "on": True, "days": 3}),
    )
    job = Job(
        comment="why",
        name=text,
        needs=(text, "a"),
        runs_on="ubuntu-24.04",
        timeout_minutes=5,
        permissions={},
        steps=steps,
    )
    return Workflow(name="Test", on={"push": None}, concurrency=Concurrency("g", True), jobs={"job": job})


@settings(max_examples=500, deadline=None)
@given(TEXTS | TRICKY)
def test_two_readers_get_every_text_back(text: str) -> None:
    printed = to_yaml(_workflow(text))
    read = [yaml.safe_load(printed), YAML(typ="safe", pure=True).load(printed)]
    assert read[0] == read[1]
    job = read[0]["jobs"]["job"]
    assert job["name"] == text
    assert job["needs"] == [text, "a"]
    assert job["steps"][0] == {"name": "a", "id": "a", "env": {"VALUE": text}, "run": text}
    assert job["steps"][1]["with"] == {"path": text, "on": True, "days": 3}


@settings(max_examples=500, deadline=None)
@given(TEXTS | TRICKY)
def test_an_unquoted_text_is_a_text_to_both_readers(text: str) -> None:
    if scalar(text) == text:
        assert not reads_as_other_than_text(text)
        assert yaml.safe_load(text) == YAML(typ="safe", pure=True).load(text) == text


@settings(deadline=None)
@example("---")
@example("-_0")
@given(st.from_regex(r"\A[-+.0-9a-fA-FxXoObBtTnNyYeE_:~=<|/]{1,10}\Z"))
def test_what_a_reader_would_type_is_known(text: str) -> None:
    """One way only: the list is wider than any reader, so that quotes are asked for rather too often."""
    for loaded in _loaded(text):
        if not isinstance(loaded, str | list | dict):
            assert reads_as_other_than_text(text)


@pytest.mark.parametrize(
    ("typed", "not_typed"),
    [
        ("0b1", "0b"),
        ("0o7", "0o"),
        ("-0x_F", "0x"),
        ("1.", "1.x"),
        ("8", "8a"),
        ("+_0", "_0"),
        ("1:59", "1:"),
        ("1e3", "1e"),
        ("1.5e-3", "1.5e-"),
        (".5", "."),
        ("-.5e+3", ".5e"),
        ("-.inf", "-.infx"),
        (".NaN", "+.nan"),
        ("2026-1-2", "2026-1"),
        ("2026-01-02T10:00:00.5Z", "2026-01-02T"),
        ("2026-01-02 10:00 +01:00", "2026-01-02 10:00 +"),
        ("~", "~~"),
        ("", " "),
    ],
)
def test_what_is_typed_and_what_hardly_is_not(typed: str, not_typed: str) -> None:
    """By the patterns that YAML 1.1 and 1.2 publish: a number that only begins is a text."""
    assert reads_as_other_than_text(typed)
    assert not reads_as_other_than_text(not_typed)


def _loaded(text: str) -> list[object]:
    """What readers make of it as a value. At the beginning of a line `---` would end a document instead."""
    found = []
    for load in (yaml.safe_load, YAML(typ="safe", pure=True).load):
        try:
            found.append(load(f"key: {text}")["key"])
        except Exception:
            continue
    return found


def test_a_comment_stands_above_a_job_and_behind_a_pin() -> None:
    printed = to_yaml(_workflow("x"))
    assert "  # why\n  job:\n" in printed
    assert "uses: owner/name@0 # v1\n" in printed


def test_what_needs_no_quotes_has_none() -> None:
    bare = ["a:b", "a#b", "a - b", "a'b", "/a", "$(a)", "(a)", "a,b", "[a]"[1:], "{a}"[1:]]
    assert [scalar(text) for text in bare] == bare
    quoted = ["a:", "a: b", "a #b", "a ", "", "-a", "[a", "{a", "*a", "&a", "!a", "#a", "@a", "%a", "no", "1", "a\tb"]
    assert [scalar(text) for text in quoted] == [json.dumps(text) for text in quoted]
    assert [scalar('"a'), scalar("'\"")] == ["'\"a'", "'''\"'"]
    inside = ["a,b", "a[", "a]", "a{", "a}", "a?", "a:b"]
    assert [scalar(text, flow=True) for text in inside] == [json.dumps(text) for text in inside]
    assert scalar("a b", flow=True) == "a b"
    assert scalar("a\U0001f3fb\u200b\n") == '"a\U0001f3fb\\U0000200B\\n"'


def test_how_a_workflow_is_laid_out() -> None:
    """A list stands on one line of up to 100 characters; jobs stand apart; what ends in blanks shows them in quotes."""
    fits = "a" * (100 - len("    needs: [, b]"))
    needs = {"one": (fits, "b"), "two": (f"{fits}a", "b")}
    job = Job(name="x", runs_on="x", timeout_minutes=5, permissions={}, steps=())
    jobs = {name: job.but(needs=needed) for name, needed in needs.items()}
    jobs["three"] = job.but(name="a\n\tb\n")
    jobs["four"] = job.but(name="a\n \n")
    workflow = Workflow(name="Test", on={"push": None}, concurrency=Concurrency("g", True), jobs=jobs)
    rest = "    runs-on: x\n    timeout-minutes: 5\n    permissions: {}\n    steps: []\n"
    assert to_yaml(workflow).partition("jobs:\n")[2] == (
        f"  one:\n    name: x\n    needs: [{fits}, b]\n{rest}\n"
        f"  two:\n    name: x\n    needs:\n      - {fits}a\n      - b\n{rest}\n"
        f"  three:\n    name: |\n      a\n      \tb\n{rest}\n"
        f'  four:\n    name: "a\\n \\n"\n{rest}'
    )
