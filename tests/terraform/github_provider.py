"""A stand-in for terraform's GitHub provider, which can be had from its registry only.

It is run by terraform as a plugin. Written by hand after the schemas of integrations/github 6.12, and only of what our
modules use, with its required, optional and computed attributes; what the real one checks besides (that a secret has
exactly one value, for instance) it does not. It keeps what it is told, and reaches nothing.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

from tf.blocks import SetNestedBlock  # type: ignore[import-untyped]
from tf.iface import DataSource, Provider, Resource  # type: ignore[import-untyped]
from tf.runner import run_provider  # type: ignore[import-untyped]
from tf.schema import Attribute, Block, Schema  # type: ignore[import-untyped]
from tf.types import Bool, Number, Set, String, Unknown  # type: ignore[import-untyped]

_NAME = "registry.terraform.io/integrations/github"
_VERSION = "6.12.0"


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


def _required(name: str, kind: Any) -> Attribute:
    return Attribute(name, kind, required=True)


def _optional(name: str, kind: Any, default: Any = None) -> Attribute:
    """An attribute with a default is computed too, so that a plan shows the default."""
    more = {} if default is None else {"computed": True, "default": default}
    return Attribute(name, kind, optional=True, **more)


def _computed(name: str, kind: Any) -> Attribute:
    return Attribute(name, kind, computed=True)


_RESOURCES = {
    "repository_environment": Schema(
        [
            _computed("id", String()),
            _computed("repository_id", Number()),
            _required("repository", String()),
            _required("environment", String()),
            _optional("can_admins_bypass", Bool(), default=True),
            _optional("prevent_self_review", Bool(), default=False),
            _optional("wait_timer", Number()),
        ],
        # Lists of at most one in the real provider, which this library does not have.
        block_types=[
            SetNestedBlock("reviewers", Block([_optional("teams", Set(Number())), _optional("users", Set(Number()))])),
            SetNestedBlock(
                "deployment_branch_policy",
                Block([_required("protected_branches", Bool()), _required("custom_branch_policies", Bool())]),
            ),
        ],
    ),
    "repository_environment_deployment_policy": Schema(
        [
            _computed("id", String()),
            _computed("repository_id", Number()),
            _computed("policy_id", Number()),
            _required("repository", String()),
            _required("environment", String()),
            _optional("branch_pattern", String()),
            _optional("tag_pattern", String()),
        ]
    ),
    "actions_environment_secret": Schema(
        [
            *(_computed(name, String()) for name in ("id", "created_at", "updated_at", "remote_updated_at")),
            _computed("repository_id", Number()),
            *(_required(name, String()) for name in ("repository", "environment", "secret_name")),
            _optional("key_id", String()),
            Attribute("value", String(), optional=True, sensitive=True),
            Attribute("value_encrypted", String(), optional=True, sensitive=True),
        ]
    ),
}
_DATA = {
    "team": Schema(
        [
            *(_computed(name, String()) for name in ("id", "name", "description", "node_id", "privacy", "permission")),
            _optional("slug", String()),
            _optional("team_id", Number()),
            _optional("summary_only", Bool()),
        ]
    ),
    "user": Schema([_computed("id", String()), _computed("login", String()), _required("username", String())]),
}


def _resource(name: str, schema: Schema) -> type[Resource]:
    class Kept(Resource):  # type: ignore[misc]
        """Something that terraform's state alone remembers."""

        def __init__(self, provider: Provider) -> None:
            pass

        @classmethod
        def get_name(cls) -> str:
            return name

        @classmethod
        def get_schema(cls) -> Schema:
            return schema

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


def _data(name: str, schema: Schema) -> type[DataSource]:
    class Found(DataSource):  # type: ignore[misc]
        """A team or a user, all of whom exist."""

        def __init__(self, provider: Provider) -> None:
            pass

        @classmethod
        def get_name(cls) -> str:
            return name

        @classmethod
        def get_schema(cls) -> Schema:
            return schema

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
        return Schema([_optional("owner", String()), Attribute("token", String(), optional=True, sensitive=True)])

    def validate_config(self, _diagnostics: Any, config: dict[str, Any]) -> None:
        pass

    def configure_provider(self, _diagnostics: Any, config: dict[str, Any]) -> None:
        pass

    def get_data_sources(self) -> list[type[DataSource]]:
        return [_data(name, schema) for name, schema in _DATA.items()]

    def get_resources(self) -> list[type[Resource]]:
        return [_resource(name, schema) for name, schema in _RESOURCES.items()]

    def get_functions(self) -> list[Any]:
        return []


if __name__ == "__main__":
    run_provider(GitHub())
