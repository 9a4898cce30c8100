"""A workflow as GitHub's documentation names its parts, holding only the keys that pipegen writes.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax. The order of the fields is the
order of the keys; an absent key is None. Comments are data, in the places where a reviewer is told why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Noted:
    """A scalar with a comment behind it: the tag of a pinned action, the reason of a permission."""

    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which branches an event is heard for."""

    branches_ignore: tuple[str, ...]


Triggers = Mapping[str, Filter | None]
"""What starts a workflow, by event."""


@dataclass(frozen=True, slots=True)
class Concurrency:
    """Runs of one group wait for one another, or the newer cancels the older."""

    group: str
    cancel_in_progress: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Defaults of every step that runs commands."""

    shell: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """Defaults of every step."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """A step that runs commands."""

    name: str
    id: str
    if_: str | None = None
    env: Mapping[str, str] | None = None
    working_directory: str | None = None
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsesStep:
    """A step that runs an action."""

    name: str
    id: str
    if_: str | None = None
    uses: Noted
    with_: Mapping[str, str | int | bool] | None = None


Step = RunStep | UsesStep


@dataclass(frozen=True, slots=True)
class Strategy:
    """A job in several cells, each of which runs to its end."""

    fail_fast: bool
    matrix: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Service:
    """A container beside a job."""

    image: str
    ports: tuple[str, ...] | None = None
    env: Mapping[str, str] | None = None
    options: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job. `comment` stands above it."""

    comment: str | None
    name: str
    needs: tuple[str, ...] | None
    if_: str | None
    strategy: Strategy | None
    runs_on: str
    timeout_minutes: int
    permissions: Mapping[str, Noted]
    env: Mapping[str, str] | None
    services: Mapping[str, Service] | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow file. No job has a permission but those that it states."""

    name: str
    on: Triggers
    concurrency: Concurrency
    jobs: Mapping[str, Job]
    permissions: ClassVar[Mapping[str, Noted]] = {}
    defaults: ClassVar[Defaults] = Defaults(Run("bash"))
