"""A workflow as GitHub's documentation names its parts, holding only the keys that pipegen writes.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax. The order of the fields is the
order of the keys; an absent key is None. Comments are data, in the places where a reviewer is told why.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipegen.frozen import Frozen


class Noted(Frozen):
    """A scalar with a comment behind it: the tag of a pinned action, the reason of a permission."""

    value: str
    note: str


class Filter(Frozen, kw_only=True):
    """Which branches and changed paths an event is heard for."""

    branches: tuple[str, ...] | None = None
    branches_ignore: tuple[str, ...] | None = None
    paths: tuple[str, ...] | None = None


class Input(Frozen, kw_only=True):
    """Something that is chosen when a run is started by hand."""

    description: str
    type: str = "choice"
    required: bool = True
    options: tuple[str, ...]


class Dispatch(Frozen):
    """The start of a run by hand."""

    inputs: Mapping[str, Input]


Triggers = Mapping[str, Filter | Dispatch | None]
"""What starts a workflow, by event."""


class Concurrency(Frozen):
    """Runs of one group wait for one another, or the newer cancels the older."""

    group: str
    cancel_in_progress: bool


class Run(Frozen):
    """Defaults of every step that runs commands."""

    shell: str


class Defaults(Frozen):
    """Defaults of every step."""

    run: Run


class RunStep(Frozen, kw_only=True):
    """A step that runs commands."""

    name: str
    id: str
    if_: str | None = None
    env: Mapping[str, str] | None = None
    working_directory: str | None = None
    run: str


class UsesStep(Frozen, kw_only=True):
    """A step that runs an action."""

    name: str
    id: str
    if_: str | None = None
    uses: Noted
    with_: Mapping[str, str | int | bool] | None = None


Step = RunStep | UsesStep


class Strategy(Frozen):
    """A job in several cells, each of which runs to its end."""

    fail_fast: bool
    matrix: Mapping[str, tuple[str, ...]]


class Service(Frozen):
    """A container beside a job."""

    image: str
    ports: tuple[str, ...] | None = None
    env: Mapping[str, str] | None = None
    options: str | None = None


class Environment(Frozen):
    """The GitHub environment of a job: its secrets, and who must approve."""

    name: str


class Job(Frozen, kw_only=True):
    """A job. `comment` stands above it, line by line, and is never the user's text."""

    comment: str | None = None
    name: str
    needs: tuple[str, ...] | None = None
    if_: str | None = None
    strategy: Strategy | None = None
    runs_on: str
    timeout_minutes: int
    environment: Environment | None = None
    concurrency: Concurrency | None = None
    permissions: Mapping[str, Noted]
    outputs: Mapping[str, str] | None = None
    env: Mapping[str, str] | None = None
    services: Mapping[str, Service] | None = None
    steps: tuple[Step, ...]


class Workflow(Frozen, kw_only=True):
    """A workflow file. No job has a permission but those that it states."""

    name: str
    run_name: str | None = None
    on: Triggers
    permissions: Mapping[str, Noted] = {}
    concurrency: Concurrency
    defaults: Defaults = Defaults(Run("bash"))
    jobs: Mapping[str, Job]
