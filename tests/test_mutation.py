"""The mutants of `make mutation`: that they are made, put in the place of the real thing, and killed or not."""

from __future__ import annotations

import importlib
import os
import re
from pathlib import Path

import pytest

from cases import HERE, PROJECT
from mutation.equivalent import EQUIVALENT
from mutation.mutants import Mutant, mutants
from mutation.patching import put
from pipegen.authority import hcl as hcl_of_authority
from pipegen.manifest import strings
from pipegen.targets.aws import hcl
from pipegen.targets.github import printer
from proofs.mutation import PARTS


def _mutants(module: object) -> list[Mutant]:
    return list(mutants(Path(str(getattr(module, "__file__", "")))))


def test_every_mutant_is_another_program() -> None:
    found = _mutants(hcl)
    assert len(found) > 50
    assert len({(one.line, one.owner, one.what) for one in found}) > 50
    for one in found:
        compile(one.tree, "mutant", "exec")


@pytest.mark.parametrize(
    ("module", "owner", "what", "text", "differs"),
    [
        (hcl, "literal", "'$${' → '$${X'", "${x}", lambda text: hcl.literal(text) != '"$${x}"'),
        (printer, "scalar", "nothing returned", "on", lambda text: not all(map(printer.scalar, (text, "word")))),
        (strings, "_WORD", "'[a-z][a-z0-9]*(-[a-z0-9]+)*' → '[a-z][a-z0-9]+(-[a-z0-9]+)*'", "a", None),
    ],
    ids=["a function", "another function", "a pattern in other patterns"],
)
def test_a_mutant_takes_the_place_of_what_is_in_use(
    module: object, owner: str, what: str, text: str, differs: object
) -> None:
    """In a process of its own, because nothing takes it away again."""
    (mutant, *_) = [one for one in _mutants(module) if (one.owner, one.what) == (owner, what)]
    child = os.fork()
    if child == 0:
        put(mutant, module)  # type: ignore[arg-type]
        name = strings.Name.__metadata__[0]  # type: ignore[attr-defined]
        found = differs(text) if callable(differs) else name.problem(text)
        os._exit(7 if found else 8)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_what_is_made_of_a_constant_is_made_anew() -> None:
    (mutant, *_) = [one for one in _mutants(hcl_of_authority) if one.owner == "_TEXT"]
    assert mutant.is_constant
    child = os.fork()
    if child == 0:
        before = hcl_of_authority._TOKEN.pattern
        put(mutant, hcl_of_authority)
        assert hcl_of_authority._TOKEN.pattern != before
        os._exit(7 if hcl_of_authority._TEXT in hcl_of_authority._TOKEN.pattern else 8)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


@pytest.mark.parametrize("part", PARTS)
def test_the_modules_of_a_part_have_tests(part: str) -> None:
    for module, tests in PARTS[part].items():
        path = PROJECT / "src/pipegen" / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__init__.py").exists()
        for test in tests:
            file, _, name = test.partition("::")
            function = name.partition("[")[0]
            assert re.search(f"^def {function or 'test_'}", (HERE / file).read_text(encoding="utf-8"), re.MULTILINE), (
                test
            )


@pytest.mark.parametrize("module", EQUIVALENT)
def test_what_is_said_to_mean_the_same_is_a_mutant(module: str) -> None:
    assert any(module in modules for modules in PARTS.values())
    made = {(one.owner, one.what) for one in _mutants(importlib.import_module(f"pipegen.{module}"))}
    assert EQUIVALENT[module].keys() <= made
