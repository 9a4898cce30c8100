"""The pages for whoever works on pipegen: the paths and names that they tell of exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cases import PROJECT

PACKAGE = PROJECT / "src/pipegen"
PAGES = ("CONTRIBUTING.md", "docs/design.md", "docs/assurance.md")
ROOTS = (PROJECT, PACKAGE, PACKAGE / "kinds", PACKAGE / "targets/github")
"""What the pages' paths are below. A file of the repository that is compiled is none of ours."""
OF_OTHERS = {"deploy.yaml", "gh-readonly-queue/**", "json.py"}


def _text(page: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", (PROJECT / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def _paths(page: str) -> set[str]:
    """What looks like a path of the project. A placeholder stands for any name."""
    found = re.findall(r"`([\w./<>*-]+(?:/|\.(?:py|md|toml|ya?ml|json|txt))|[\w./<>*-]+/[\w./<>*-]+)`", _text(page))
    return {re.sub("<.*?>", "*", path) for path in found if path not in OF_OTHERS and not path.startswith(".github/")}


def _names(file: Path) -> set[str]:
    """What a module binds at its top."""
    names: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return names


def _module(name: str) -> Path | None:
    """The file of a module or package by its path, or its name without a folder."""
    return next(
        (
            path
            for root in (PACKAGE, PROJECT)
            for path in (root / name, root / f"{name}.py", root / name / "__init__.py")
            if path.is_file()
        ),
        None,
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    paths = _paths(page)
    assert len(paths) > 5
    assert {path for path in paths if not any(any(root.glob(path)) for root in ROOTS)} == set()


def test_every_name_to_register_under_exists() -> None:
    """Names are followed by the file that they stand in: `A` and `B` in `file.py`."""
    found = re.findall(r"((?:`\w+`(?:, | and | or )?)+)(?: of `(\w+)`)? in `([\w/.]+\.py)`", _text("CONTRIBUTING.md"))
    assert len(found) > 8
    missing = []
    for listed, function, path in found:
        module = _module(path)
        assert module, path
        names = {function} if function else set(re.findall(r"`(\w+)`", listed))
        missing += [f"{name} in {path}" for name in names - _names(module)]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_name_of_a_module_exists(page: str) -> None:
    """Names like `output.write`; what is no module of ours, such as a method of a class, is not looked at."""
    missing = []
    for name, attribute in re.findall(r"`((?:\w+\.)*\w+)\.(\w+)[`(]", _text(page)):
        inside = name.replace(".", "/")
        module = _module(inside)
        if module and attribute != "py" and attribute not in _names(module) and not _module(f"{inside}/{attribute}"):
            missing.append(f"{name}.{attribute}")
    assert missing == []


def test_every_target_of_the_proofs_exists() -> None:
    made = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"`make ([a-z]+)`", _text("docs/assurance.md")))
    assert len(told) > 5
    assert told - made == set()


def test_one_target_runs_every_long_proof() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^PROOFS := (.*)$", makefile, re.MULTILINE)
    proofs = re.findall(r"^([a-z]+):.*\n(?:\t@.*\n)?\t.*-m proofs\.", makefile, re.MULTILINE)
    assert len(proofs) > 5
    assert sorted(listed.split()) == sorted([*proofs, "hostile"])
    assert "$(PROOFS)" in makefile
