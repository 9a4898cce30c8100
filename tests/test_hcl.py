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


def test_how_blocks_are_laid_out() -> None:
    """An empty line stands between blocks, and before one that stands behind something."""
    inner = Block("backend", ("s3",), {}, (Block("one"), Block("two", (), {"a": 1}, comment="why")))
    blocks = (Block("terraform", (), {"b": True}, (inner,)), Block("module", ("x", "y z"), comment="of ours"))
    assert to_hcl(blocks).splitlines() == [
        "terraform {",
        "  b = true",
        "",
        '  backend "s3" {',
        "    one {}",
        "",
        "    # why",
        "    two {",
        "      a = 1",
        "    }",
        "  }",
        "}",
        "",
        "# of ours",
        'module "x" "y z" {}',
    ]


def test_which_keys_stand_without_quotes() -> None:
    """Those of letters and underscores, but not `for`, which would begin an expression."""
    bare = ["a", "a_b", "format", "for_each", "fo"]
    quoted = ["for", "for-each", "for x", "", "_a", "A", "aB", "a1", "a-b", "a.b", "a\n", "${a}"]
    for key, shown in [*zip(bare, bare, strict=True), *((key, literal(key)) for key in quoted)]:
        assert to_hcl((Block("x", (), {key: {key: 1}}),)) == f"x {{\n  {shown} = {{ {shown} = 1 }}\n}}\n"


@pytest.mark.parametrize(
    ("attributes", "lines"),
    [
        ({"a": 1, "bcd": "x", "e": ()}, ["a   = 1", 'bcd = "x"', "e   = []"]),
        ({"a": {}, "b": {"c": (1, False), "d": {}}}, ["a = {}", "b = { c = [1, false], d = {} }"]),
        ({"key": ("a" * 108,)}, [f'key = ["{"a" * 108}"]']),  # a line of 120 characters
        ({"key": ("a" * 109,)}, ["key = [", f'  "{"a" * 109}",', "]"]),
        ({"key": {"k": "a" * 102}}, [f'key = {{ k = "{"a" * 102}" }}']),
        ({"key": {"k": "a" * 103}}, ["key = {", f'  k = "{"a" * 103}"', "}"]),
        ({"key": "a" * 200}, [f'key = "{"a" * 200}"']),  # a text is never broken
        ({"a" * 130: (), "b": 1}, [f"{'a' * 130} = []", f"b{' ' * 129} = 1"]),  # nor is what holds nothing
        (
            {"a": 1, "bc": 2, "key": ("x" * 111,), "def": 3, "g": 4},
            ["a  = 1", "bc = 2", "key = [", f'  "{"x" * 111}",', "]", "def = 3", "g   = 4"],
        ),
        (
            {"key": (("a" * 111,), {"k": "b" * 105}, "c" * 200)},
            ["key = [", f'  ["{"a" * 111}"],', f'  {{ k = "{"b" * 105}" }},', f'  "{"c" * 200}",', "]"],
        ),
        (
            {"key": (("a" * 112, 1), {"k": "b" * 106, "lm": 2})},
            [
                "key = [",
                *("  [", f'    "{"a" * 112}",', "    1,", "  ],"),
                *("  {", f'    k  = "{"b" * 106}"', "    lm = 2", "  },"),
                "]",
            ],
        ),
        ({"key": {"k": ("a" * 108,), "l": 1}}, ["key = {", f'  k = ["{"a" * 108}"]', "  l = 1", "}"]),
    ],
    ids=range(12),
)
def test_how_attributes_are_laid_out(attributes: Mapping[str, Value], lines: list[str]) -> None:
    """Equals signs of neighbours stand below one another; lists and objects stay on a line of up to 120 characters."""
    assert to_hcl((Block("x", (), attributes),)).splitlines() == ["x {", *(f"  {line}" for line in lines), "}"]
