"""The page of each rule: what it calls bad is found by that rule, what it calls good by none."""

from __future__ import annotations

import re

import pytest

from cases import Holding
from pipegen.compiler import Compilation, compile_manifest
from pipegen.diagnostics import Rule
from pipegen.rules.registry import RULES, page

BASE = """\
version: 1
kind: application
name: example
repository: acme/example
test:
  suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
environments:
  production: {account: "012345678901"}
"""
# Rules on bytes, on files beside the manifest, or on what must not be written down: shown in words alone.
IN_WORDS = {
    "not-utf8",
    "too-large",
    "empty-manifest",
    "secret-in-text",
    "unused-test",
    "missing-output",
    "stale-output",
    "orphaned-output",
    "hand-edited",
    "file-in-the-way",
    "schema-of-another",
}


def _sections(manifest: str) -> dict[str, str]:
    """The top of a manifest as text, by key; a key that is stated twice keeps both."""
    sections: dict[str, str] = {}
    for section in re.split(r"^(?=\S)", manifest, flags=re.MULTILINE):
        if section:
            key = section.partition(":")[0]
            sections[key] = sections.get(key, "") + section
    return sections


def _compiled(fragment: str) -> Compilation:
    """The base manifest with the sections of a fragment in place of its own."""
    sections = _sections(BASE) | _sections(fragment)
    if "components" in sections:
        del sections["kind"], sections["name"]
    if sections.get("test") == "test: ~\n":
        del sections["test"]
    return compile_manifest("".join(sections.values()).encode(), Holding("deploy.yaml", "Dockerfile", "dags/"))


def _fragments(rule: type[Rule]) -> list[tuple[str, str]]:
    found = re.findall(r"^(Bad|Good):\n\n```yaml\n(.*?)```$", page(rule), re.MULTILINE | re.DOTALL)
    return [(kind, fragment) for kind, fragment in found]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_page_says_what_is_bad_and_what_is_good(rule: type[Rule]) -> None:
    fragments = _fragments(rule)
    assert [kind for kind, _ in fragments] == ([] if rule.name in IN_WORDS else ["Bad", "Good"])
    for kind, fragment in fragments:
        names = {diagnostic.rule.name for diagnostic in _compiled(fragment).diagnostics}
        assert names == ({rule.name} if kind == "Bad" else set())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_page_has_a_summary_and_a_remedy(rule: type[Rule]) -> None:
    text = page(rule)
    assert re.search(r"^Fix: \S", text, re.MULTILINE)
    summary = text.split("\n\n")[1]
    assert summary.endswith(".")
    assert "\n" not in summary


def test_every_rule_is_listed_once_by_code() -> None:
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert set(RULES) == set(Rule.__subclasses__())
