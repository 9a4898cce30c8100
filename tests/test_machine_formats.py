"""Formats for programs: each is what its readers document, holds every finding, and says nothing they would obey."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest

from cases import PROJECT, REJECTED, compiled
from pipegen.compiler import MANIFEST
from pipegen.diagnostics import Diagnostic, Severity, Span
from pipegen.formats import Format, formatted, summarised
from pipegen.rules.linter_cannot_fail import LinterCannotFail
from pipegen.rules.registry import RULES
from pipegen.rules.shape import UnknownKey
from pipegen.rules.writing import StaleOutput
from test_cli import CLEAN, FINDINGS, pipegen

SCHEMA = json.loads((PROJECT / "schema/findings.schema.json").read_text())
HOSTILE = "</failure>]]>&\"'<!--\x00\x1b[31m %0A::error::x\n::add-mask::y ##[set-output name=a]b |`~~~` <script>"
WHOLE_FILE = Diagnostic(StaleOutput, "deploy/a b.tf", None, HOSTILE, remedy=HOSTILE, detail=f" {HOSTILE}\n")
PLACED = Diagnostic(UnknownKey, MANIFEST, Span(1, 3, 1, 5), HOSTILE, HOSTILE)


def _printed(format: Format, manifest: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    compilation = compiled(manifest)
    return formatted(format, compilation.diagnostics, {MANIFEST: compilation.text}), compilation.diagnostics


def _closed(schema: Any) -> Any:
    """The schema with every object closed, so that nothing is printed that it does not know."""
    if isinstance(schema, dict):
        closed = {key: _closed(value) for key, value in schema.items()}
        return closed | ({"additionalProperties": False} if schema.get("type") == "object" else {})
    return [_closed(item) for item in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("manifest", REJECTED, ids=lambda path: path.stem)
def test_json_is_as_its_schema_says(manifest: Path) -> None:
    printed, diagnostics = _printed(Format.JSON, manifest)
    document = json.loads(printed)
    jsonschema.Draft7Validator(_closed(SCHEMA)).validate(document)
    assert [one["code"] for one in document["diagnostics"]] == [one.rule.code for one in diagnostics]


def test_the_schema_of_json_says_what_is_wrong() -> None:
    validator = jsonschema.Draft7Validator(SCHEMA)
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    document = json.loads(formatted(Format.JSON, (PLACED, WHOLE_FILE), {}))
    validator.validate(document)
    for key in document:
        assert not validator.is_valid({name: value for name, value in document.items() if name != key})
    for key, value in document["diagnostics"][0].items():
        for wrong in (None if key != "span" else 1, {"line": 0} if isinstance(value, dict) else [1]):
            changed = [document["diagnostics"][0] | {key: wrong}]
            assert not validator.is_valid(document | {"diagnostics": changed}), key


@pytest.mark.parametrize("manifest", REJECTED, ids=lambda path: path.stem)
def test_gitlab_finds_what_it_requires(manifest: Path) -> None:
    """https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""
    printed, diagnostics = _printed(Format.GITLAB, manifest)
    issues = json.loads(printed)
    assert [issue["location"]["lines"]["begin"] for issue in issues] == [
        one.span.line for one in diagnostics if one.span
    ]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(diagnostics)
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert all(issue["check_name"] and issue["description"] for issue in issues)
    assert all(not issue["location"]["path"].startswith(("/", "./")) for issue in issues)


def test_a_fingerprint_stays_when_lines_move_and_tells_findings_apart() -> None:
    def fingerprints(*lines: int) -> list[str]:
        some = tuple(Diagnostic(UnknownKey, MANIFEST, Span(line, 1, line, 2), "m") for line in lines)
        return [issue["fingerprint"] for issue in json.loads(formatted(Format.GITLAB, some, {}))]

    assert fingerprints(1, 2) == fingerprints(10, 20)
    assert len(set(fingerprints(1, 2))) == 2


@pytest.mark.parametrize("manifest", REJECTED, ids=lambda path: path.stem)
def test_junit_counts_what_failed(manifest: Path) -> None:
    printed, diagnostics = _printed(Format.JUNIT, manifest)
    root = ElementTree.fromstring(printed)
    cases = root.findall("testsuite/testcase")
    assert root.get("tests") == root.get("failures") == str(len(cases)) == str(len(diagnostics))
    assert all(case.find("failure") is not None and case.get("name") for case in cases)
    assert [case.get("line") for case in cases] == [str(one.span.line) for one in diagnostics if one.span]


def test_junit_is_read_by_what_shows_the_reports_of_any_tool(tmp_path: Path) -> None:
    printed, diagnostics = _printed(Format.JUNIT, PROJECT / "tests/rejected/many-at-once.yaml")
    (tmp_path / "report.xml").write_text(printed, encoding="utf-8")
    (tmp_path / "deploy.yaml").touch()
    summary = tmp_path / "summary.md"
    variables = {"PIPEGEN_JUNIT": "report.xml", "GITHUB_STEP_SUMMARY": str(summary)}
    script = PROJECT / ".github/pipegen/test-report.py"
    run = subprocess.run(
        [sys.executable, "-I", script], cwd=tmp_path, env=variables, text=True, capture_output=True, check=True
    )
    assert f"| {len(diagnostics)} |" in summary.read_text()
    assert "file=deploy.yaml,line=1" in run.stdout, run.stdout[:300]


@pytest.mark.parametrize("manifest", REJECTED, ids=lambda path: path.stem)
def test_sarif_places_each_result_and_describes_its_rule(manifest: Path) -> None:
    """https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning"""
    printed, diagnostics = _printed(Format.SARIF, manifest)
    document = json.loads(printed)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert (document["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert document["$schema"].endswith("sarif-schema-2.1.0.json")
    assert {rule["name"] for rule in rules} == {one.rule.name for one in diagnostics}
    for result, diagnostic in zip(run["results"], diagnostics, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == diagnostic.rule.code
        assert result["level"] == diagnostic.rule.severity
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert diagnostic.span is not None
        assert (region["startLine"], region["startColumn"]) == (diagnostic.span.line, diagnostic.span.column)
        assert len(result.get("relatedLocations", [])) == len(diagnostic.related)
        for fix in result.get("fixes", []):
            (change,) = fix["artifactChanges"]
            assert change["artifactLocation"] == location["physicalLocation"]["artifactLocation"]
            assert all(set(one) == {"deletedRegion", "insertedContent"} for one in change["replacements"])


def test_sarif_names_a_file_by_a_uri_and_needs_no_region() -> None:
    (run,) = json.loads(formatted(Format.SARIF, (WHOLE_FILE,), {}))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "deploy/a b.tf"
    assert " " not in place["artifactLocation"]["uri"]
    assert "region" not in place


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_an_address_where_its_pages_are_published(rule: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fragment is the heading in docs/rules.md: in lower case, without punctuation, with hyphens for spaces."""
    monkeypatch.setenv("PIPEGEN_RULES_URL", "https://docs.example.org/rules.md")
    found = formatted(Format.SARIF, (Diagnostic(rule, MANIFEST, None, "m"),), {})
    address = json.loads(found)["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"]
    headings = [line[3:] for line in (PROJECT / "docs/rules.md").read_text().splitlines() if line.startswith("## ")]
    slugs = {"".join(c for c in heading.lower() if c.isalnum() or c in " -").replace(" ", "-") for heading in headings}
    page, _, fragment = address.partition("#")
    assert page == "https://docs.example.org/rules.md"
    assert fragment in slugs


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "https://a b", "https://a/\x1b]8;;", "docs/rules.md"])
def test_an_address_that_is_none_is_not_linked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEGEN_RULES_URL", address)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "helpUri" not in formatted(Format.SARIF, (PLACED,), {})
    assert "\x1b]8" not in formatted(Format.FULL, (PLACED,), {})


def test_a_code_is_a_link_where_colours_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEGEN_RULES_URL", "https://docs.example.org/rules.md")
    link = "\x1b]8;;https://docs.example.org/rules.md#unknown-key-pg102-error\x1b\\PG102\x1b]8;;\x1b\\"
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert link in formatted(Format.FULL, (PLACED,), {})
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in formatted(Format.FULL, (PLACED,), {})


# Hostile texts


@pytest.mark.parametrize("format", Format)
def test_a_runner_finds_no_command_but_those_of_the_format(format: Format) -> None:
    """A runner obeys `##[` anywhere in a line, and `::` where it begins, after spaces."""
    source = {MANIFEST: f"  ::error::{HOSTILE}\n"}
    lines = formatted(format, (PLACED, WHOLE_FILE), source).splitlines()
    assert not any("##[" in line for line in lines)
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert len(commands) == (2 if format is Format.GITHUB else 0)


def test_the_command_of_an_annotation_ends_where_it_should() -> None:
    first, *_ = formatted(Format.GITHUB, (PLACED,), {}).splitlines()
    properties, _, message = first.removeprefix("::error ").partition("::")
    assert {part.partition("=")[0] for part in properties.split(",")} == {
        *("title", "file", "line", "col", "endLine", "endColumn"),
    }
    assert "%250A::error::x" in message


def test_xml_holds_any_text() -> None:
    root = ElementTree.fromstring(formatted(Format.JUNIT, (PLACED, WHOLE_FILE), {}))
    (failure, _) = root.iter("failure")
    assert "</failure>]]>&\"'<!--<U+0000><U+001B>[31m" in (failure.text or "")


def test_a_summary_is_code_in_which_nothing_is_markup() -> None:
    warning = Diagnostic(LinterCannotFail, MANIFEST, Span(1, 1, 1, 2), "``````` ends no block")
    text = summarised((PLACED, warning), {MANIFEST: "`````\n"})
    lines = text.splitlines()
    fence = lines[2].removesuffix("text")
    assert set(fence) == {"`"}
    assert lines[2:].count(fence) == 1
    assert lines[-2] == fence or lines[-1] == fence
    assert "1 error and 1 warning." in text
    assert summarised((), {}) == ""


# The commands


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "deploy.yaml").write_text("version: 1\nkind: libary\nname: x\n")
    return tmp_path


@pytest.mark.parametrize("format", Format)
def test_a_format_never_changes_the_status(repository: Path, format: Format) -> None:
    run = pipegen("lint", "--format", format, cwd=repository)
    assert (run.returncode, run.stderr) == (FINDINGS, "")
    assert pipegen("compile", "--format", format, cwd=repository).stdout == run.stdout
    clean = pipegen("lint", "--format", format, cwd=PROJECT / "examples/library")
    assert clean.returncode == CLEAN


def test_nothing_found_is_a_whole_document() -> None:
    assert json.loads(formatted(Format.GITLAB, (), {})) == []
    assert json.loads(formatted(Format.SARIF, (), {}))["runs"][0]["results"] == []
    suites = ElementTree.fromstring(formatted(Format.JUNIT, (), {}))
    assert (suites.get("tests"), suites.get("failures")) == ("1", "0")
    jsonschema.Draft7Validator(SCHEMA).validate(json.loads(formatted(Format.JSON, (), {})))


def test_the_summary_of_a_step_is_appended_to(repository: Path) -> None:
    summary = repository / "summary.md"
    summary.write_text("before\n")
    run = pipegen("lint", "--format", "github", cwd=repository, GITHUB_STEP_SUMMARY=str(summary))
    assert run.returncode == FINDINGS
    assert summary.read_text().startswith("before\n### pipegen\n\n")
    assert "did you mean `library`?" in summary.read_text()
    pipegen("lint", cwd=repository, GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text().count("### pipegen") == 1


def test_a_summary_that_cannot_be_written_changes_nothing(repository: Path) -> None:
    run = pipegen("lint", "--format", "github", cwd=repository, GITHUB_STEP_SUMMARY=str(repository / "no/summary.md"))
    assert (run.returncode, run.stderr) == (FINDINGS, "")
    assert Severity.ERROR in run.stdout
