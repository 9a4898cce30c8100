"""The runs that are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipegen.authority.conditions import Run
from pipegen.authority.model import Situation


@lru_cache(maxsize=1000)
def runs(situation: Situation, name: str, names: frozenset[str], branch: str) -> tuple[Run, ...]:
    """The runs that a situation can consist of."""
    return tuple(_runs(situation, name, names, branch))


def _runs(situation: Situation, name: str, names: frozenset[str], branch: str) -> Iterator[Run]:
    here, alike = f"refs/heads/{branch}", f"refs/heads/{branch.swapcase()}"
    others = [other for other in ("topic", f"{branch}-1", f"fix/{branch}") if other.lower() != branch.lower()]
    elsewhere = [f"refs/heads/{other}" for other in others]
    tags = ["refs/tags/v1.0.0", f"refs/tags/{branch}"]
    pull = "refs/pull/7/merge"
    match situation:
        case Situation.FORK | Situation.PULL:
            yield Run("pull_request", pull)
        case Situation.PUSH:
            yield Run("push", here)
        case Situation.PUSH_ELSEWHERE:
            yield from (Run("push", ref) for ref in elsewhere)
        case Situation.TAG:
            yield from (Run(event, ref, name) for event in ("push", "workflow_dispatch") for ref in tags)
        case Situation.BY_HAND:
            yield Run("workflow_dispatch", here, name)
        case Situation.ANOTHER:
            yield from (Run("workflow_dispatch", here, other) for other in (names | {f"not-{name}"}) - {name})
        case Situation.ELSEWHERE:
            yield from (Run("workflow_dispatch", ref, name) for ref in elsewhere)
        case Situation.ALIKE:
            yield Run("workflow_dispatch", alike, name)
        case _:
            yield from (Run("", ref) for ref in [*elsewhere, alike, *tags, pull] if ref != here)
