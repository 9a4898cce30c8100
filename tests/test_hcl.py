"""Roots as text: read by Terraform as what was meant, and laid out as `terraform fmt` lays out."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pipegen.targets.aws.hcl import Block, Expression, Value, literal, to_hcl
from terraform.cli import Terraform, needs_terraform

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('${}%"\\\n\t'))
# Every key of a manifest is of a class of ASCII.
KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)
LEAVES = TEXTS | st.booleans() | st.integers(0, 10**6)
NAMES = st.from_regex("[a-z][a-z_]{0,8}", fullmatch=True)


def _values(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4).map(tuple) | st.dictionaries(NAMES | KEYS, inner, max_size=4)


VALUES: st.SearchStrategy[Value] = st.recursive(LEAVES, _values, max_leaves=12)


@settings(
    max_examples=4,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(VALUES, min_size=20, max_size=60).map(tuple))
@example(("${x} %{ if true }", {"${x}": "$${"}, "\\", "$", "%", "$$", "\u2028"))
def test_terraform_reads_what_was_meant(tmp_path: Path, values: tuple[Value, ...]) -> None:
    needs_terraform()
    block = Block("locals", (), {"values": values})
    output = Block("output", ("read",), {"value": Expression("jsonencode(local.values)")})
    (tmp_path / "main.tf").write_text(to_hcl((block, output)))
    (tmp_path / "terraform.tfstate").unlink(missing_ok=True)
    terraform = Terraform(tmp_path)
    assert terraform.run("fmt", "-check", "-diff") == ""
    terraform.init()
    assert json.loads(terraform.apply()["read"]) == _meant(values)


def _meant(value: Value) -> Any:
    match value:
        case tuple():
            return [_meant(item) for item in value]
        case Mapping():
            return {key: _meant(item) for key, item in value.items()}
        case str():
            return unicodedata.normalize("NFC", value)  # as Terraform does with every text
        case _:
            return value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", '"plain"'),
        ("${a}", '"$${a}"'),
        ("%{ if a }", '"%%{ if a }"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("two\nlines\t", '"two\\nlines\\t"'),
        ("\u202e", '"\\U0000202e"'),
    ],
)
def test_a_text_is_never_more_than_a_text(text: str, written: str) -> None:
    assert literal(text) == written


def test_a_reference_is_written_as_it_is() -> None:
    block = Block("module", ("x",), {"boundary": Expression("module.platform.boundary")})
    assert to_hcl((block,)) == 'module "x" {\n  boundary = module.platform.boundary\n}\n'
