"""What a table of authority is made of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pipegen.frozen import Frozen


class AuthorityError(Exception):
    """What was compiled allows something else than the manifest, or cannot be read."""


class Layer(StrEnum):
    """What can stop a publication, each by itself. `IF` is the events that a workflow hears, and its conditions."""

    IF = "if"
    CHECK = "check"
    GITHUB = "GitHub"
    AWS = "AWS"


class Situation(StrEnum):
    """What happens. The name of the publishing branch takes the place of `{branch}`."""

    FORK = "pull request from a fork"
    PULL = "pull request from a branch"
    PUSH = "push to {branch}"
    PUSH_ELSEWHERE = "push to another branch"
    TAG = "a run on a tag, pushed or by hand"
    BY_HAND = "by hand, on {branch}"
    ANOTHER = "by hand, on {branch}, for another environment"
    ELSEWHERE = "by hand, on another branch"
    ALIKE = "by hand, on a branch that differs in case"
    RERUN = "a re-run of any of these"
    EDITED = "a workflow edited on another branch"
    INDEX = "a workflow edited on another branch, for a package index"


Stopped = frozenset[Layer]
"""What stops a publication; nothing, where it can happen."""
EVERYTHING: Stopped = frozenset(Layer)
Wait = tuple[str, str, str, str]
"""A workflow, an environment that it publishes to, an event on which it does, and the environment that comes first."""


class Environment(Frozen):
    """What guards an environment: the role or user in its account, whom that trusts, and the environment on GitHub.

    A library has no account and no role. `ids` are those of the repository and its owner, and `ref` is empty where
    every ref is trusted.
    """

    account: str
    role: str
    credentials: str
    repository: str
    ids: tuple[str, ...]
    ref: str
    branches: tuple[str, ...]
    reviewers: tuple[str, ...]


class Authority(Frozen):
    """Who can publish where. `cells` are by workflow, environment and situation."""

    branch: str
    environments: Mapping[str, Environment]
    cells: Mapping[tuple[str, str, Situation], Stopped]
    waits: frozenset[Wait]


def situations(branch: str, *, is_release: bool, has_package: bool = False) -> list[Situation]:
    """A release has no environment to choose, and a branch without letters none that differs in case."""
    left_out = {Situation.ANOTHER} if is_release else set()
    left_out |= set() if has_package else {Situation.INDEX}
    left_out |= {Situation.ALIKE} if branch.swapcase() == branch else set()
    return [situation for situation in Situation if situation not in left_out]
