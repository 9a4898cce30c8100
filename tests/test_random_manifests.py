"""Random manifests: valid ones compile to what no judge complains of, and one mistake is always told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from judges import JUDGES, ROOT_JUDGES, Verdict
from pipegen.diagnostics import Severity
from pipegen.manifest.documentation import sections
from pipegen.manifest.root import MODELS, Components
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import ListOf, MapOf, Record, Shape, keys
from proofs.manifests import judged
from random_manifests import invalid_manifest, manifest


@pytest.mark.parametrize("judge", [*JUDGES, *ROOT_JUDGES])
def test_no_judge_complains_of_what_a_random_manifest_compiles_to(judge: str) -> None:
    found = judged(range(12), *({judge: judges[judge]} if judge in judges else {} for judges in (JUDGES, ROOT_JUDGES)))
    if judge in found.absent:
        pytest.skip(found.absent[judge])
    assert found.findings == []
    assert found.read[judge] > 12
    assert min(found.workflows, found.roots) > 12
    assert found.cells > 100


def test_a_judge_that_read_too_little_is_a_finding_and_one_that_is_absent_is_named() -> None:
    def blind(paths: Sequence[Path]) -> Verdict:
        return Verdict((), len(paths) - 1)

    def absent(_: Sequence[Path]) -> Verdict:
        pytest.skip("it is not installed")

    found = judged(range(2), {"blind": blind, "absent": absent}, {})
    assert [finding.split(" of ")[0] for finding in found.findings] == [f"blind: read {found.workflows - 1}"]
    assert found.absent == {"absent": "it is not installed"}


def test_every_random_manifest_compiles() -> None:
    for seed in range(12, 60):
        one = manifest(seed)
        assert [d.message for d in one.compiled().diagnostics if d.rule.severity is Severity.ERROR] == [], seed


def test_a_random_manifest_is_the_same_again_and_its_spelling_says_what_its_data_does() -> None:
    for seed in range(40):
        assert manifest(seed) == manifest(seed)
        assert yaml.safe_load(manifest(seed).text) == manifest(seed).data
    assert len({manifest(seed).text for seed in range(40)}) == 40


def test_every_key_of_every_section_is_tried() -> None:
    tried: dict[type[Section], set[str]] = {}
    for seed in range(200):
        data = manifest(seed).data
        _try(data, Record(MODELS[data["kind"]] if "kind" in data else Components), tried)
    untried = {
        f"{model.__name__}.{key}"
        for model in (*sections(), *tried)
        for key in keys(model).keys() - tried.get(model, set())
    }
    assert untried == set()


def _try(value: object, shape: Shape, tried: dict[type[Section], set[str]]) -> None:
    match shape, value:
        case Record(model), dict():
            tried.setdefault(model, set()).update(value)
            for key, item in value.items():
                _try(item, keys(model)[key].shape, tried)
        case Record(model), _ if model.shorthand:
            _try({model.shorthand: value}, shape, tried)
        case MapOf(_, inner), dict():
            for item in value.values():
                _try(item, inner, tried)
        case ListOf(inner, _, _), _:
            for item in value if isinstance(value, list) else [value]:
                _try(item, inner, tried)


def test_one_mistake_is_always_told_of() -> None:
    """At its line and by its key, but for texts that cannot even be read."""
    made = Counter[str]()
    for seed in range(150):
        one, mistake = invalid_manifest(seed)
        compilation = one.compiled()
        assert compilation.files is None, (seed, mistake)
        made[mistake.what] += 1
        if mistake.what not in ("a control character", "too long"):
            key = [step for step in mistake.route if isinstance(step, str)][-1]
            said = [d.message for d in compilation.diagnostics if d.rule.severity is Severity.ERROR]
            assert any(key in message for message in said), (seed, mistake, said)
    assert len(made) > 10
