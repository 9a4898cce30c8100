"""Random texts in random manifests: a sample of what `make injection` proves, and that it would notice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from cases import Holding
from pipegen.compiler import Compilation, compile_manifest
from proofs import injection
from random_manifests import manifest
from random_manifests.poison import FREE, free_texts, widened


def test_texts_arrive_unchanged_and_change_nothing_else() -> None:
    arrived, wrong = injection.of_all(range(5))
    assert wrong == []
    assert arrived > 500


def test_every_class_of_free_text_is_poisoned() -> None:
    places = [place for seed in range(40) for place in free_texts(manifest(seed).data)]
    assert {place.shape for place in places} == set(FREE)


def test_variables_are_added_until_no_more_fit() -> None:
    data = manifest(3).data
    before = len(free_texts(data))
    widened(data)
    assert len(free_texts(data)) > before + 40


# What a printer could do to a text, or a text to what is around it
_BUGS: dict[str, Callable[[str], str]] = {
    "an interpolation that is not escaped": lambda text: text.replace("$${", "${"),
    "white space that is trimmed": lambda text: text.replace('\\n"', '"'),
    "another type": lambda text: text.replace('"yes"', "yes").replace('"on"', "on").replace('"012"', "012"),
    "a text that is repeated as an expression": lambda text: (
        f"{text}# ${{{{ secrets.X }}}}\n" if "\\u" in text else text
    ),
}


@pytest.mark.parametrize("bug", _BUGS.values(), ids=_BUGS.keys())
def test_what_changes_a_text_is_noticed(bug: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded bugs act on what is compiled, behind the back of pipegen's own check."""

    def compiled(data: bytes, files: Holding) -> Compilation:
        right = compile_manifest(data, files)
        assert right.files is not None
        return Compilation(right.text, (), {path: bug(text) for path, text in right.files.items()})

    monkeypatch.setattr(injection, "compile_manifest", compiled)
    assert any(map(_is_noticed, range(40)))


def _is_noticed(seed: int) -> bool:
    try:
        return bool(injection.injected(seed)[1])
    except (ValueError, yaml.YAMLError):  # of a reader: what was written is not even HCL or YAML any more
        return True
