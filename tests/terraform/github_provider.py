"""A stand-in for terraform's GitHub provider, which can be had from its registry only.

It is run by terraform as a plugin. What it takes and puts out is in `github_schema.json`, read from the source of the
real provider at the lowest version that our modules allow, for the resources that they use. Of what that checks
besides, it has how many there may be of something, and which arguments exclude one another. It keeps what it is told,
and reaches nothing.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tf.blocks import SetNestedBlock  # type: ignore[import-untyped]
from tf.iface import DataSource, Provider, Resource  # type: ignore[import-untyped]
from tf.runner import run_provider  # type: ignore[import-untyped]
from tf.schema import Attribute, Block, Schema  # type: ignore[import-untyped]
from tf.types import Bool, List, Number, Set, String, Unknown  # type: ignore[import-untyped]

_NAME = "registry.terraform.io/integrations/github"
SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("github_schema.json").read_text())
"""By resource and by source of data, the attributes and blocks with what the real provider says of each."""
_VERSION = SCHEMA["version"]


def mirror(folder: Path) -> Path:
    """Make a mirror that has this file as the provider, and return its place."""
    platform = json.loads(subprocess.check_output(["terraform", "version", "-json"], stderr=subprocess.DEVNULL))[
        "platform"
    ]
    plugin = folder / _NAME / _VERSION / platform / f"terraform-provider-github_v{_VERSION}"
    plugin.parent.mkdir(parents=True)
    plugin.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -I {shlex.quote(__file__)}\n")
    plugin.chmod(0o755)
    return folder


def number(name: str) -> int:
    """The id that GitHub would have for a team or a user."""
    return zlib.crc32(name.encode())


_TYPES = {
    "string": String(),
    "number": Number(),
    "bool": Bool(),
    "set(number)": Set(Number()),
    "list(string)": List(String()),
}


def _schema(members: dict[str, Any]) -> Schema:
    """A schema, and the id that the real provider's library adds to each."""
    attributes, blocks = _members({"id": {"type": "string", "computed": True}, **members})
    return Schema(attributes, block_types=blocks)


def _members(members: dict[str, Any]) -> tuple[list[Attribute], list[SetNestedBlock]]:
    attributes = [_attribute(name, said) for name, said in members.items() if "attributes" not in said]
    # Lists of at most one in the real provider, which this library does not have.
    blocks = [
        SetNestedBlock(name, Block(_members(said["attributes"])[0]))
        for name, said in members.items()
        if "attributes" in said
    ]
    return attributes, blocks


def _attribute(name: str, said: dict[str, Any]) -> Attribute:
    """An attribute with a default is computed too, so that a plan shows the default."""
    flags = {flag: said.get(flag, False) for flag in ("required", "optional", "computed", "sensitive", "deprecated")}
    if "default" in said:
        flags |= {"computed": True, "default": said["default"]}
    return Attribute(name, _TYPES[said["type"]], requires_replace=said.get("force_new"), **flags)


def _mistakes(members: dict[str, Any], config: dict[str, Any]) -> Iterator[str]:
    for name, said in members.items():
        group = said.get("exactly_one_of", [])
        if group[:1] == [name] and sum(config.get(each) is not None for each in group) != 1:
            yield f"exactly one of {', '.join(group)} must be stated"
        items = config.get(name)
        if not isinstance(items, list | tuple | set):
            continue
        if len(items) > said.get("max_items", len(items)):
            yield f"{name} may have {said['max_items']} at most"
        for item in items:
            yield from _mistakes(said.get("attributes", {}), item) if isinstance(item, dict) else ()


def _resource(name: str, members: dict[str, Any]) -> type[Resource]:
    class Kept(Resource):  # type: ignore[misc]
        """Something that terraform's state alone remembers."""

        def __init__(self, provider: Provider) -> None:
            pass

        @classmethod
        def get_name(cls) -> str:
            return name

        @classmethod
        def get_schema(cls) -> Schema:
            return _schema(members)

        def validate(self, diagnostics: Any, _type: str, config: dict[str, Any]) -> None:
            for mistake in _mistakes(members, config):
                diagnostics.add_error("Invalid combination of arguments", mistake)

        def create(self, _context: Any, planned: dict[str, Any]) -> dict[str, Any]:
            known = {key: None if value is Unknown else value for key, value in planned.items()}
            return known | {"id": str(number(json.dumps(known, sort_keys=True, default=str)))}

        def read(self, _context: Any, current: dict[str, Any]) -> dict[str, Any]:
            return current

        def update(self, _context: Any, _current: dict[str, Any], planned: dict[str, Any]) -> dict[str, Any]:
            return planned

        def delete(self, _context: Any, current: dict[str, Any]) -> None:
            pass

    return Kept


def _data(name: str, members: dict[str, Any]) -> type[DataSource]:
    class Found(DataSource):  # type: ignore[misc]
        """A team or a user, all of whom exist."""

        def __init__(self, provider: Provider) -> None:
            pass

        @classmethod
        def get_name(cls) -> str:
            return name

        @classmethod
        def get_schema(cls) -> Schema:
            return _schema(members)

        def read(self, _context: Any, config: dict[str, Any]) -> dict[str, Any]:
            named = config.get("slug") or config.get("username")
            return {**config, "id": str(number(f"{name}/{named}"))}

    return Found


class GitHub(Provider):  # type: ignore[misc]
    """The provider, as the library asks for it."""

    def get_model_prefix(self) -> str:
        return "github_"

    def full_name(self) -> str:
        return _NAME

    def get_provider_schema(self, _diagnostics: Any) -> Schema:
        return Schema(_members(SCHEMA["provider"])[0])

    def validate_config(self, _diagnostics: Any, config: dict[str, Any]) -> None:
        pass

    def configure_provider(self, _diagnostics: Any, config: dict[str, Any]) -> None:
        pass

    def get_data_sources(self) -> list[type[DataSource]]:
        return [_data(name, members) for name, members in SCHEMA["data"].items()]

    def get_resources(self) -> list[type[Resource]]:
        return [_resource(name, members) for name, members in SCHEMA["resources"].items()]

    def get_functions(self) -> list[Any]:
        return []


if __name__ == "__main__":
    run_provider(GitHub())
