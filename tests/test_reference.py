"""Generated files: as fresh as the code, and the schema of one mind with the models."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from cases import ACCEPTED, EXAMPLES, HERE, PROJECT
from pipegen.manifest.documentation import sections
from pipegen.manifest.environment import Settings
from pipegen.manifest.shapes import keys
from pipegen.reference import generated
from pipegen.schema import schema

VALIDATOR = jsonschema.Draft7Validator(schema())
# What an editor can see of the rejected manifests: the shape of single values.
SHAPES = (
    "account-of-eleven-digits",
    "account-unquoted",
    "approval-yes",
    "env",
    "environment-upper-case",
    "kind-misspelt",
    "library-with-environments",
    "many-at-once",
    "misspelt-approval",
    "name-upper-case",
    "name-with-newline",
    "paths-outside",
    "python-unquoted",
    "required-keys-missing",
    "version-of-later",
)


@pytest.mark.parametrize("path", generated())
def test_a_generated_file_is_fresh(path: str) -> None:
    assert (PROJECT / path).read_text() == generated()[path], "run `make generate`"


def _data(manifest: Path) -> object:
    return YAML(typ="safe", pure=True).load(manifest.read_text())


@pytest.mark.parametrize(
    "manifest", [*ACCEPTED, *(example / "deploy.yaml" for example in EXAMPLES)], ids=lambda path: path.stem
)
def test_the_schema_accepts_what_compiles(manifest: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(_data(manifest))] == []


@pytest.mark.parametrize("name", SHAPES)
def test_the_schema_refuses_what_has_another_shape(name: str) -> None:
    assert list(VALIDATOR.iter_errors(_data(HERE / f"rejected/{name}.yaml")))


def _rows(section: str) -> dict[str, str]:
    """The defaults of a section of the language reference, by key, in the last but one column."""
    (found,) = re.findall(
        rf"^## {section}\n(.*?)(?=^## |\Z)", generated()["docs/language.md"], re.MULTILINE | re.DOTALL
    )
    rows = [re.split(r"(?<!\\)\|", line) for line in found.splitlines() if line.startswith("| `")]
    return {row[1].strip(" `"): row[-3].strip() for row in rows}


@pytest.mark.parametrize("model", ["ApplicationEnvironment", "DataTaskEnvironment", "SharedEnvironment"])
def test_what_an_environment_does_not_state_is_the_repositorys(model: str) -> None:
    """A default of its own would say that `region:` at the top is of no consequence."""
    inherited = keys(Settings)
    assert {"region", "credentials", "platform", "notifications"} == inherited.keys()
    rows, properties = _rows(model), schema()["definitions"][model]["properties"]
    for key in inherited:
        assert rows[key] == "the repository's"
        assert "default" not in properties[key]
    top = _rows("The top of the manifest")
    assert (top["region"], top["credentials"]) == ("`eu-west-2`", "`oidc`")


def test_every_default_that_is_a_list_is_shown() -> None:
    shown = 0
    for model in sections():
        for key, described in keys(model).items():
            if isinstance(described.default, tuple) and described.default:
                assert _rows(model.__name__)[key] == ", ".join(f"`{one}`" for one in described.default)
                said = schema()["definitions"][model.__name__]["properties"][key]["default"]
                assert (said if isinstance(said, list) else [said]) == list(described.default)
                shown += 1
    assert shown >= 5
    assert _rows("Platform")["subnets"] == "`<environment>-private-a`, `<environment>-private-b`"


def test_the_schema_says_what_is_wrong_and_not_that_the_kind_is() -> None:
    """With `oneOf`, `environments:` in a library would be blamed on `kind`."""
    errors = list(VALIDATOR.iter_errors(_data(HERE / "rejected/library-with-environments.yaml")))
    assert [list(error.absolute_path) for error in errors] == [[]]
    assert "'environments' was unexpected" in errors[0].message


def test_every_key_of_the_schema_is_described() -> None:
    def undescribed(part: object, route: str) -> list[str]:
        found = []
        if isinstance(part, dict):
            for key, value in part.get("properties", {}).items():
                if isinstance(value, dict) and "const" not in value and not value.get("markdownDescription"):
                    found.append(f"{route}/{key}")
            for key, value in part.items():
                if key not in ("if", "allOf"):
                    found += undescribed(value, f"{route}/{key}")
        return found

    assert undescribed(schema(), "") == []


def test_the_schema_has_nothing_that_an_editor_makes_wrong_advice_of() -> None:
    """It asks for another form by `anyOf` and `oneOf`, shows a title for a key, and a deprecation as an error."""

    def keys(part: object) -> set[str]:
        if isinstance(part, dict):
            properties = part.get("properties", {}).values()
            others = [value for key, value in part.items() if key not in ("properties", "examples", "defaultSnippets")]
            return (part.keys() - {"properties"}).union(*map(keys, others), *map(keys, properties))
        return set().union(*map(keys, part)) if isinstance(part, list) else set()

    found = keys({key: value for key, value in schema().items() if key != "definitions"})
    found |= set().union(*(keys(definition) for definition in schema()["definitions"].values()))
    assert {"if", "then", "errorMessage", "enumDescriptions", "defaultSnippets"} <= found
    assert found & {"anyOf", "oneOf", "title", "deprecationMessage"} == set()
