"""Calls of the modules beside a root."""

from __future__ import annotations

from collections.abc import Mapping

from pipegen.pipeline import Environment
from pipegen.targets.aws.hcl import Block, Expression, Value


def call(label: str, source: str, arguments: Mapping[str, Value], comment: str = "") -> Block:
    """The call of a module, under a label of its own."""
    return Block("module", (label,), {"source": f"../modules/{source}", **arguments}, comment=comment)


def bounded(environment: Environment) -> Mapping[str, Value]:
    """What bounds the roles that a module makes, where the organisation has such a policy."""
    return {"boundary": Expression("module.platform.boundary")} if environment.platform.boundary else {}
