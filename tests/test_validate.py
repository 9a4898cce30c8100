"""Typing: what a text means is decided by the key, and by nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from cases import ACCEPTED, Holding
from pipegen.compiler import compile_manifest
from pipegen.diagnostics import Finding
from pipegen.source import read
from pipegen.validate import validate

MANIFEST = """\
version: 1
kind: application
name: {name}
repository: acme/widget
test:
  python: {python}
  parallel: {parallel}
  timeout: {timeout}
  env: {{A: {value}}}
  suites: {{unit: make}}
environments: {{production: {{account: {account}}}}}
"""
GOOD = {
    "name": "widget",
    "python": '"3.12"',
    "parallel": "true",
    "timeout": "5",
    "value": "text",
    "account": '"012345678901"',
}


def _validated(**changed: str) -> tuple[Any, list[str]]:
    document = read(MANIFEST.format(**GOOD | changed).encode(), "deploy.yaml").document
    assert document is not None
    validation = validate(document)
    return validation.manifest, [finding.rule.name for finding in validation.findings]


@pytest.mark.parametrize(
    ("key", "written", "rule"),
    [
        ("account", "012345678901", "ambiguous-scalar"),
        ("account", '"01234567890١"', "invalid-value"),  # an Arabic digit
        ("account", '"012345678901\\n"', "invalid-value"),
        ("python", "3.10", "ambiguous-scalar"),
        ("python", "[3.10]", "ambiguous-scalar"),
        ("python", "[]", "invalid-value"),
        ("python", "~", "ambiguous-scalar"),
        ("python", "", "wrong-type"),
        ("name", "on", "ambiguous-scalar"),
        ("name", "-widget", "invalid-value"),
        ("name", "a--b", "invalid-value"),
        ("name", "a" * 51, "invalid-value"),
        ("name", "widget;id", "invalid-value"),
        ("name", "[widget]", "wrong-type"),
        ("parallel", "yes", "wrong-type"),
        ("parallel", '"true"', "wrong-type"),
        ("parallel", "True", "wrong-type"),
        ("parallel", "1", "wrong-type"),
        ("timeout", "0x10", "wrong-type"),
        ("timeout", "010", "wrong-type"),
        ("timeout", "1_0", "wrong-type"),
        ("timeout", "5.0", "wrong-type"),
        ("timeout", "٥", "wrong-type"),
        ("timeout", "true", "wrong-type"),
        ("timeout", ".inf", "wrong-type"),
        ("timeout", "0", "invalid-value"),
        ("timeout", "361", "invalid-value"),
        ("value", "no", "ambiguous-scalar"),
        ("value", "1e3", "ambiguous-scalar"),
        ("value", "2026-11-23", "ambiguous-scalar"),
        ("value", "12:30:45", "ambiguous-scalar"),
        ("value", '"{{resolve:ssm:x}}"', "expression-in-text"),
        ("value", '"a ${{ b"', "expression-in-text"),
        ("value", "ghp_0123456789abcdefghijABCDEFGHIJ012345", "secret-in-text"),
        ("value", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "secret-in-text"),
    ],
)
def test_what_is_refused(key: str, written: str, rule: str) -> None:
    _, rules = _validated(**{key: written})
    assert rules[:1] == [rule]


@pytest.mark.parametrize("text", ["no", "012", "~", "", "{{ .Values }}", "${x}", "a: b # c", " lead", "1:30", "<<"])
def test_a_quoted_text_is_that_text(text: str) -> None:
    manifest, rules = _validated(value='"' + text + '"')
    assert rules == []
    assert manifest.test.env == {"A": text}


def test_a_number_and_a_truth_value_are_typed_by_their_keys() -> None:
    manifest, rules = _validated()
    assert rules == []
    assert manifest.test.parallel is True
    assert manifest.test.timeout == 5
    assert manifest.test.python == ("3.12",)
    assert manifest.test.suites["unit"].run == "make"


def test_a_text_that_is_only_unquoted_does_not_hide_what_else_is_wrong() -> None:
    """The meaning is plain, so the rules that look at several values are asked as well."""
    manifest, rules = _validated(value="8080")
    assert rules == ["ambiguous-scalar"]
    assert manifest is not None


@given(st.text())
@example("${{")
@example("{{resolve:ssm:x}}")
def test_no_text_at_all_makes_it_fail_otherwise_than_with_findings(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    reading = read(
        MANIFEST.format(**GOOD | {"value": quoted, "name": quoted}).encode("utf-8", "replace"), "deploy.yaml"
    )
    if reading.document is not None:
        validate(reading.document)


ENVIRONMENT = 'production: {account: "012345678901"}'
MISTAKES = (
    *(("kind: application", f"kind: {kind}") for kind in ("appication", "a", "[a]", "")),
    ("kind: application\n", ""),
    ("kind: application", "kind: application\ncomponents: {}"),
    *(
        ("env: {A: text}", f"env: {env}")
        for env in ("x", "[x]", "{A: }", "{GITHUB_X: y}", "{a b: y}", '{"A${{ x }}": y}')
    ),
    *(
        ("suites: {unit: make}", f"suites: {suites}")
        for suites in ("{}", "x", "{unit: }", "{unit: {run: make, zzz: 1}}")
    ),
    *(
        ("suites: {unit: make}", f"suites: {{unit: make}}\n  {more}")
        for more in ("setup: {a: b}", "setup: [[a]]", "system-packages: [git, git]", "system-packages: git", "zzz: 1")
    ),
    *(('python: "3.12"', f"python: {python}") for python in ("[]", '["3.12", "3.12"]', "")),
    *(("parallel: true", f"parallel: {parallel}") for parallel in ("FALSE", "maybe")),
    *(("timeout: 5", f"timeout: {timeout}") for timeout in ("0", "361", "0x10", '"5"')),
    ("version: 1", "version: 2"),
    ("test:", "tesst:"),
    *((ENVIRONMENT, ENVIRONMENT[:-1] + f", publish: {publish}}}") for publish in ("manul", "on", "o")),
    *((ENVIRONMENT, f"production: {environment}") for environment in ("{}", "[x]")),
    (f"environments: {{{ENVIRONMENT}}}", ""),
    ("version: 1", "version: 1\ntask: {}"),
)


def test_what_is_said_of_each_mistake(golden_text: SnapshotAssertion) -> None:
    told = []
    for right, wrong in MISTAKES:
        text = MANIFEST.format(**GOOD)
        assert text.count(right) == 1
        document = read(text.replace(right, wrong).encode(), "deploy.yaml").document
        assert document is not None
        told += [wrong, *map(_as_text, validate(document).findings), ""]
    assert "\n".join(told) == golden_text


def _as_text(finding: Finding) -> str:
    place = ".".join(map(str, finding.place.route)) + (":" if finding.place.key else "")
    fixes = [f"{fix.title}, {fix.safety}" for fix in finding.fixes]
    said = (f"{finding.rule.name} at {place or 'the root'}", finding.message, finding.label, finding.remedy, *fixes)
    return "\n".join(f"    {line}" for line in said if line)


@pytest.mark.parametrize("other", [5, "x", None, [], {}, ["x"], {"x": "y"}], ids=str)
def test_anything_of_another_shape_is_told_of_and_stops_nothing(other: object) -> None:
    """In the place of each value of each accepted manifest."""
    compiled = told = 0
    for path in ACCEPTED:
        manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
        for collection, key in list(_entries(manifest)):
            before, collection[key] = collection[key], other
            found = compile_manifest(json.dumps(manifest).encode(), Holding("Dockerfile"))
            collection[key] = before
            compiled += 1
            told += bool(found.diagnostics)
    assert compiled > 400
    assert told > compiled // 2


def _entries(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every entry and item, with what holds it."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from _entries(inner)
