"""The page of each rule: what it calls bad is found by that rule, what it calls good by none."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cases import Holding
from pipegen.compiler import Compilation, compile_manifest
from pipegen.diagnostics import Rule
from pipegen.rules.registry import RULES, page
from test_cli import pipegen

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
# Rules on what must not be written down, or on a folder of its own: shown in words alone.
IN_WORDS = {"secret-in-text", "schema-of-another"}


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


def _fragments(rule: type[Rule]) -> list[tuple[str, str, str]]:
    """Bad or good, the language, and the text."""
    return re.findall(r"^(Bad|Good):\n\n```(yaml|sh)\n(.*?)```$", page(rule), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of the base manifest, and what it compiles to."""
    root = tmp_path_factory.mktemp("committed")
    (root / "deploy.yaml").write_text(BASE)
    (root / "Dockerfile").touch()
    assert pipegen("compile", cwd=root).returncode == 0
    return root


def _names(kind: str, language: str, fragment: str, committed: Path, folder: Path) -> set[str]:
    """What is found in the fragment of a manifest, or after the commands in a repository."""
    if language == "yaml":
        return {diagnostic.rule.name for diagnostic in _compiled(fragment).diagnostics}
    root = folder / kind
    shutil.copytree(committed, root)
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    subprocess.run(["bash", "-euo", "pipefail", "-c", fragment], cwd=root, env={"PATH": path}, check=True)
    found = json.loads(pipegen("lint", "--format", "json", cwd=root).stdout)
    return {diagnostic["name"] for diagnostic in found["diagnostics"]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_page_shows_what_is_bad_and_what_is_good(rule: type[Rule], committed: Path, tmp_path: Path) -> None:
    fragments = _fragments(rule)
    assert [kind for kind, _, _ in fragments] == ([] if rule.name in IN_WORDS else ["Bad", "Good"])
    for kind, language, fragment in fragments:
        found = _names(kind, language, fragment, committed, tmp_path)
        assert found == ({rule.name} if kind == "Bad" else set())


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
