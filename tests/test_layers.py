"""Who may import whom. Two lines carry the design: a kind knows no target, and a target knows no kind."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cases import PROJECT

PACKAGE = PROJECT / "src/pipegen"
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"__init__", "program", "unchanged"},
    "frozen": set(),
    "route": set(),
    "scalars": set(),
    "suggest": set(),
    "opening": set(),
    "seen": {"opening"},
    "unchanged": {"opening", "seen"},
    "files": {"opening", "seen"},
    "output": {"opening", "seen"},
    "diagnostics": {"route"},
    "forbidden": {"diagnostics"},
    "manifest": set(),
    "pipeline": {"route"},
    "fixes": {"diagnostics", "route", "scalars"},
    "document": {"diagnostics", "route"},
    "syntax": {"diagnostics", "rules"},
    "source": {"diagnostics", "document", "locate", "rules", "syntax"},
    "comments": {"diagnostics", "source"},
    "suppressions": {"comments", "diagnostics", "document", "rules", "suggest"},
    "locate": {"diagnostics", "document", "route"},
    "wording": {"diagnostics", "document", "manifest", "scalars"},
    "validate": {
        *(
            "diagnostics",
            "document",
            "fixes",
            "forbidden",
            "manifest",
            "route",
            "rules",
            "scalars",
            "suggest",
            "wording",
        ),
    },
    "kinds": {"manifest", "pipeline", "route"},
    "rules": {"diagnostics", "files", "fixes", "manifest", "pipeline", "route", "suggest"},
    "workflow_text": set(),
    "authority": {"output", "pipeline", "workflow_text"},
    "targets": {"pipeline", "scalars", "workflow_text"},
    "drift": {"diagnostics", "output", "rules"},
    "modeline": {"__init__", "diagnostics", "files", "rules"},
    "formats": {"__init__", "diagnostics"},
    "compiler": {
        *("authority", "diagnostics", "document", "files", "kinds", "locate", "modeline", "output", "pipeline"),
        *("rules", "seen", "source", "suppressions", "targets", "validate"),
    },
    "mend": {"compiler", "diagnostics"},
    "schema": {"__init__", "forbidden", "manifest", "scalars"},
    "copies": {"files", "output", "schema"},
    "survey": {"opening"},
    "draft": {"forbidden", "manifest", "scalars", "survey"},
    "reference": {"manifest", "rules", "schema"},
    "spots": {"document", "manifest", "route"},
    "alternatives": {"document", "manifest", "route", "spots"},
    "provenance": {
        *("alternatives", "compiler", "diagnostics", "document", "kinds", "manifest", "output", "route", "spots"),
        *("targets", "validate"),
    },
    "effective": {"manifest", "route"},
    "lsp": {
        *("__init__", "compiler", "diagnostics", "drift", "effective", "files", "manifest", "mend", "output"),
        *("document", "provenance", "route", "rules", "seen", "source", "spots", "validate"),
    },
    "commands": {
        *("authority", "compiler", "copies", "diagnostics", "draft", "drift", "files", "formats", "lsp", "mend"),
        *("modeline", "output", "rules", "schema", "source", "suggest", "survey", "unchanged"),
    },
    "options": {"formats"},
    "cli": {"__init__", "commands", "formats"},
    "program": {"__init__", "cli", "commands", "diagnostics", "options"},
}

BY_ALL = {"frozen"}
"""What every part may import."""


def _imported(file: Path) -> set[str]:
    """The parts of pipegen that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "pipegen":
            parts = {PACKAGE / alias.name for alias in node.names}
            found |= {part.name if part.is_dir() or part.with_suffix(".py").exists() else "__init__" for part in parts}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipegen."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("pipegen.")}
    return found


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_what_it_may(part: str) -> None:
    files = sorted((PACKAGE / part).rglob("*.py")) or [PACKAGE / f"{part}.py"]
    imported = set().union(*(_imported(file) for file in files)) - {part} - BY_ALL
    assert imported == MAY_IMPORT[part]


def test_every_part_is_listed() -> None:
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert parts == set(MAY_IMPORT)


def test_the_design_says_the_same() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", (PROJECT / "docs/design.md").read_text(), re.MULTILINE)
    said = {part: set(re.findall(r"`(\w+)`", imports)) for part, imports in rows if part in MAY_IMPORT}
    assert said == {part: imports - {"__init__"} for part, imports in MAY_IMPORT.items() if not part.startswith("__")}


UNWANTED = {
    *("jsonschema", "ruamel", "typer", "click", "rich", "pydantic", "dataclasses", "inspect"),
    *("importlib.resources", "tempfile", "shutil", "zipfile", "textwrap"),
}


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        (
            ["lint", "-C", "examples/library"],
            UNWANTED,
        ),
        (
            ["compile", "--check", "-C", "examples/library"],
            UNWANTED,
        ),
    ],
)
def test_a_command_does_not_load_what_it_does_not_need(command: list[str], unwanted: set[str]) -> None:
    assert _loaded(PROJECT, "-m", "pipegen", *command, PIPEGEN_NO_CACHE="1") & unwanted == set()


RUN = "import sys; sys.argv[0] = 'pipegen'; from pipegen.__main__ import main; main()"
"""What the console script does."""


def test_the_version_is_answered_before_anything_is_loaded() -> None:
    loaded = _loaded(PROJECT, "-c", RUN, "--version") - _loaded(PROJECT, "-c", "pass")
    assert loaded == {"pipegen", "pipegen.__main__"}


def test_an_unchanged_lint_is_answered_before_anything_is_loaded(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "examples/library", tmp_path / "library")
    records = {"XDG_CACHE_HOME": str(tmp_path)}
    assert "yaml" in _loaded(tmp_path / "library", "-c", RUN, "lint", **records)
    loaded = _loaded(tmp_path / "library", "-c", RUN, "lint", **records) - _loaded(PROJECT, "-c", "pass")
    own = {"pipegen", *(f"pipegen.{module}" for module in ("__main__", "unchanged", "seen", "opening"))}
    assert loaded - {"errno"} == own  # which is part of the interpreter itself


def test_help_loads_nothing_that_it_does_not_name() -> None:
    assert "pipegen.diagnostics" not in _loaded(PROJECT, "-c", RUN, "--help")


def _loaded(folder: Path, *arguments: str, **environment: str) -> set[str]:
    """The modules that Python loads. What is linted must be clean."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        cwd=folder,
        env={key: value for key, value in os.environ.items() if key != "CI"} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}
