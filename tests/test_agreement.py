"""The models, and the schema in Python and in JavaScript: of one mind, but for what a schema cannot know."""

from __future__ import annotations

import io
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from cases import Holding
from editor.server import Server
from pipegen.compiler import compile_manifest
from pipegen.schema import schema, schema_text
from proofs.agreement import agreement, by_ajv, by_the_models, document

LIBRARY = """\
version: 1
kind: library
name: points
repository: acme/points
test: {suites: {unit: make test-unit}, waivers: {lint: none, integration: none, acceptance: none}}
"""
# What an editor accepts that has only the schema, and pipegen does not; `docs/editor.md` tells of each.
UNKNOWN_TO_A_SCHEMA = {
    "how a word is spelt that only YAML 1.1 takes for a truth value": LIBRARY + "description: on\n",
    "how a word is spelt that only YAML 1.1 takes for a time": LIBRARY + "description: 22:22\n",
    "how a number is spelt": LIBRARY.replace("version: 1", "version: 0x1"),
    "that a number has a fraction of nothing": LIBRARY.replace("version: 1", "version: 1.0"),
    "anchors and aliases": LIBRARY.replace("unit: make", "unit: &anchor make"),
    "tags": LIBRARY.replace("name: points", "name: !!str points"),
    "characters that are not seen": LIBRARY + 'description: "a\\u200bb"\n',
    "what looks like a credential": LIBRARY + "description: ghp_" + "a1B2" * 9 + "\n",
    "how values fit together": LIBRARY.replace("acceptance: none", "unit: none, acceptance: none"),
}


def test_a_sample_of_random_documents_is_judged_alike() -> None:
    found = agreement(range(90))
    assert found.differences == []
    assert found.documents == 90
    assert all(30 <= found.accepted[judge] <= 60 for judge in ("models", "jsonschema", "ajv")), found.accepted


def test_what_a_schema_cannot_know() -> None:
    documents = [YAML(typ="safe", pure=True).load(io.StringIO(text)) for text in UNKNOWN_TO_A_SCHEMA.values()]
    assert [jsonschema.Draft7Validator(schema()).is_valid(one) for one in documents] == [True] * len(documents)
    assert by_ajv(documents) == [True] * len(documents)


@pytest.mark.slow
def test_the_real_editor_judges_random_documents_alike(tmp_path: Path) -> None:
    (tmp_path / "deploy.schema.json").write_text(schema_text())
    documents = [document(seed)[1] for seed in range(300)]
    with Server(tmp_path) as server:
        modeline = "# yaml-language-server: $schema=deploy.schema.json\n"
        accepted = [server.problems(modeline + text) == [] for text in documents]
    assert [seed for seed, text in enumerate(documents) if by_the_models(text) != accepted[seed]] == []
    assert 100 <= sum(accepted) <= 200


@pytest.mark.parametrize("text", UNKNOWN_TO_A_SCHEMA.values(), ids=UNKNOWN_TO_A_SCHEMA)
def test_pipegen_tells_of_what_a_schema_cannot_know(text: str) -> None:
    assert compile_manifest(text.encode(), Holding("Dockerfile")).diagnostics


def test_what_is_told_apart_here_is_valid_otherwise() -> None:
    assert by_the_models(LIBRARY)
    assert not compile_manifest(LIBRARY.encode(), Holding()).diagnostics
