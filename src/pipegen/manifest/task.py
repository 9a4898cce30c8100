"""The section `task`: how AWS runs a data task, when something starts it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pipegen.manifest.section import Items, OneOrMore, Section
from pipegen.manifest.service import CPU, Memory
from pipegen.manifest.strings import ContainerName, FamilyName, Line, RuntimeSecretName, Value, VariableName


class Task(Section):
    """How AWS runs a data task. Publishing makes the new code ready, and starts nothing."""

    family: FamilyName = "<environment>-<name>-task"
    """Family of the task definition. Whatever starts the task names it without a revision, and gets the newest."""
    container: ContainerName = "<environment>-<name>"
    """Name of the container in the task definition."""
    cpu: CPU = 1024
    """Units of processor; 1024 are one."""
    memory: Memory = 4096
    """Memory, in MiB."""
    command: Annotated[tuple[Line, ...], Items(1, 50)] | None = None
    """Command instead of the image's own, as a list of its words."""
    variables: Annotated[Mapping[VariableName, Value], Items(0, 100)] = {}
    """Environment variables of the container; plain values only."""
    secrets: Annotated[tuple[RuntimeSecretName, ...], OneOrMore(), Items(0, 50, unique=True)] = ()
    """Environment variables whose values are kept in AWS Secrets Manager, as `<environment>-<name>/<SECRET>`."""
    families: Annotated[tuple[FamilyName, ...], OneOrMore(), Items(0, 20, unique=True)] = ()
    """Families that others own and that use the image too: they get a new revision with each new image."""
