"""Comments that silence a rule: where they count, what is said of them, and that nothing of them is compiled."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cases import ACCEPTED, EXAMPLES, Holding
from pipegen.comments import comments
from pipegen.compiler import Compilation, compile_manifest
from pipegen.diagnostics import Safety, Severity
from pipegen.files import WorkTree
from pipegen.mend import mend
from pipegen.rules.registry import RULES, rule_named
from pipegen.rules.suppressing import RULES as OF_COMMENTS
from pipegen.source import MAX_BYTES

HEAD = """\
version: 1
kind: application
name: example
repository: acme/example
test:
  suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
environments:
  production: {account: "012345678901"}
"""


def _compiled(data: bytes) -> Compilation:
    return compile_manifest(data, Holding("Dockerfile"))


def _found(rest: str, head: str = HEAD) -> list[str]:
    """The names of the rules that are reported, in the order of the file."""
    return [diagnostic.rule.name for diagnostic in _compiled((head + rest).encode()).diagnostics]


SILENCED = {
    "on the line": "image:\n  tag: latest  # pipegen: ignore[moving-tag] why\n",
    "by code, in whatever case": "image:\n  tag: latest # pipegen: ignore[pg221] why\n",
    "above the key": "image:\n  # pipegen: ignore[moving-tag] why\n  tag: latest\n",
    "above, with another comment between": "image:\n  # pipegen: ignore[moving-tag] why\n  # and more\n  tag: latest\n",
    "in braces": "image: {tag: latest}  # pipegen: ignore[moving-tag] why\n",
    "in braces over several lines": "image: {\n  tag: latest, # pipegen: ignore[moving-tag] why\n  target: x}\n",
    "at the key of a value on the next line": "image:\n  tag: # pipegen: ignore[moving-tag] why\n    latest\n",
    "at a value below its key": "image:\n  tag:\n    latest # pipegen: ignore[moving-tag] why\n",
    "after quotes": 'image: {build-args: {A: "# b"}, tag: latest} # pipegen: ignore[moving-tag] why\n',
    "without spaces": "image:\n  tag: latest #pipegen:ignore[moving-tag]why\n",
    "at the end of the file": "image: {tag: latest} # pipegen: ignore[moving-tag] why",
    "on Windows": "image: {tag: latest} # pipegen: ignore[moving-tag] why\r\n",
}


@pytest.mark.parametrize("case", SILENCED)
def test_a_comment_silences_what_is_found_on_its_line(case: str) -> None:
    assert _found(SILENCED[case]) == []


NOT_SILENCED = {
    "on another line": "# pipegen: ignore[moving-tag] why\n\nimage:\n  tag: latest\n",
    "below": "image:\n  tag: latest\n  # pipegen: ignore[moving-tag] why\n",
    "above the section": "# pipegen: ignore[moving-tag] why\nimage:\n  tag: latest\n",
}


@pytest.mark.parametrize("case", NOT_SILENCED)
def test_a_comment_elsewhere_silences_nothing_and_is_unused(case: str) -> None:
    assert sorted(_found(NOT_SILENCED[case])) == ["moving-tag", "unused-suppression"]


NO_COMMENTS = {
    "between quotes": 'description: "about # pipegen: ignore[moving-tag] why"\nimage: {tag: latest}\n',
    "between quotes over lines": "description: 'about\n  # pipegen: ignore[moving-tag] why'\nimage: {tag: latest}\n",
    "within a word": "description: about#pipegen:ignore[moving-tag]\nimage: {tag: latest}\n",
    "not at the start": "image: {tag: latest} # see pipegen: ignore[moving-tag] why\n",
}


@pytest.mark.parametrize("case", NO_COMMENTS)
def test_what_is_no_comment_silences_nothing(case: str) -> None:
    assert set(_found(NO_COMMENTS[case])) == {"moving-tag"}


def test_a_block_holds_no_comments_but_its_first_line_may_have_one() -> None:
    untested = "".join(line for line in HEAD.splitlines(keepends=True) if not line.startswith(("test", "  suites")))
    rest = "    unit: make unit\n    integration: make integration\n    acceptance: make acceptance\n"
    block = "test:\n  suites:\n    lint: |{}\n      black .\n      # pipegen: ignore[linter-cannot-fail] why\n" + rest
    assert _found(block.format(""), untested) == ["linter-cannot-fail"]
    assert _found(block.format("  # pipegen: ignore[linter-cannot-fail] why"), untested) == []


TOLD = {
    "no reason": ("image: {tag: latest} # pipegen: ignore[moving-tag]\n", ["incomplete-suppression"]),
    "a reason without a word": ("image: {tag: latest} # pipegen: ignore[moving-tag] --\n", ["incomplete-suppression"]),
    "no name": ("image: {target: a} # pipegen: ignore why\n", ["incomplete-suppression"]),
    "no name in brackets": ("image: {target: a} # pipegen: ignore[ ] why\n", ["incomplete-suppression"]),
    "another word": ("image: {target: a} # pipegen: ignroe[moving-tag] why\n", ["incomplete-suppression"]),
    "a name that is none": ("image: {target: a} # pipegen: ignore[moving-tags] why\n", ["unknown-suppression"]),
    "all": ("image: {target: a} # pipegen: ignore[all] why\n", ["unknown-suppression"]),
    "an error": ("image: {target: a} # pipegen: ignore[unknown-key] why\n", ["unsuppressible"]),
    "drift": ("image: {target: a} # pipegen: ignore[PG304] why\n", ["unsuppressible"]),
    "a comment about comments": ("image: {target: a} # pipegen: ignore[unused-suppression] why\n", ["unsuppressible"]),
    "nothing there": ("image: {target: a} # pipegen: ignore[moving-tag] why\n", ["unused-suppression"]),
    "one of two": (
        "image: {tag: latest} # pipegen: ignore[moving-tag, needless-waiver] why\n",
        ["unused-suppression"],
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_a_comment_that_is_wrong_is_reported(case: str) -> None:
    manifest, names = TOLD[case]
    assert _found(manifest) == names


def test_a_comment_never_stops_what_would_be_compiled() -> None:
    for manifest, _ in TOLD.values():
        assert _compiled((HEAD + manifest).encode()).files is not None


def test_an_error_is_never_silenced_and_unused_comments_wait_until_there_is_none() -> None:
    manifest = "imag: {tag: latest} # pipegen: ignore[unknown-key, moving-tag] why\n"
    assert sorted(_found(manifest)) == ["unknown-key", "unsuppressible"]


def test_what_can_be_silenced_is_advice_that_nobodys_rights_depend_on() -> None:
    """A new warning must be put into one list or the other, by somebody who has thought about it."""
    assert {rule.name for rule in RULES if rule.suppressible} == {
        *("needless-waiver", "unused-test", "linter-cannot-fail", "moving-tag", "shared-host"),
    }
    never = {rule.name for rule in RULES if rule.severity is Severity.WARNING and not rule.suppressible}
    assert never == {"schema-of-another", *(rule.name for rule in OF_COMMENTS)}
    assert all(rule.severity is Severity.WARNING for rule in RULES if rule.suppressible)


def test_every_rule_is_known_by_name_and_code() -> None:
    assert all(rule_named(word) is rule for rule in RULES for word in (rule.name, rule.code, rule.code.lower()))


# What is mended


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("image: {target: a}  # pipegen: ignore[moving-tag] why\n", "image: {target: a}\n"),
        ("# pipegen: ignore[moving-tag] why\nimage: {target: a}\n", "image: {target: a}\n"),
        ("image: {target: a}\n# pipegen: ignore[moving-tag] why", "image: {target: a}\n"),
        (
            "image: {tag: a} # pipegen: ignore[needless-waiver, moving-tag] why\n",
            "image: {tag: a} # pipegen: ignore[moving-tag] why\n",
        ),
        (
            "image: {tag: a} # pipegen: ignore[moving-tag , needless-waiver] why\n",
            "image: {tag: a} # pipegen: ignore[moving-tag] why\n",
        ),
        ("image: {target: a} # pipegen: ignore[needless-waiver, moving-tag] why\n", "image: {target: a}\n"),
    ],
)
def test_what_is_unused_is_deleted(wrong: str, right: str) -> None:
    assert mend((HEAD + wrong).encode(), _compiled, [Safety.SAFE]).data.decode() == HEAD + right


def test_a_name_that_is_nearly_one_is_mended() -> None:
    wrong = HEAD + "image: {tag: a} # pipegen: ignore[mooving-tag] why\n"
    mended = mend(wrong.encode(), _compiled, [Safety.UNSAFE])
    assert b"ignore[moving-tag] why" in mended.data
    assert mended.compilation.diagnostics == ()


# What is compiled


def test_no_byte_of_a_comment_is_compiled() -> None:
    """Comments on every line that can have one change nothing, for every manifest that is accepted."""
    for path in ACCEPTED:
        text = path.read_text()
        secret = "# pipegen: ignore[moving-tag] S3CRET\n"
        lines = text.split("\n")
        between = [n for n, line in enumerate(lines) if line and not line.startswith((" ", "-", "#", "]", "}"))]
        commented = "".join((secret if n in between else "") + line + "\n" for n, line in enumerate(lines))
        with_comments, without = _compiled(commented.encode()), _compiled(text.encode())
        assert with_comments.files == without.files
        assert commented.count("S3CRET") > 4


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_nothing_is_left_to_say_of_an_example(example: Path) -> None:
    compilation = compile_manifest((example / "deploy.yaml").read_bytes(), WorkTree(example))
    assert compilation.diagnostics == ()


def test_what_looks_like_comments_thousands_of_times_on_a_line_takes_no_time_to_speak_of() -> None:
    text = "a: [" + ", ".join(['"# pipegen:"'] * 15_000) + "]\n"
    assert len(text) < MAX_BYTES
    started = time.process_time()
    assert list(comments(text, "pipegen:")) == []
    assert time.process_time() - started < 5
