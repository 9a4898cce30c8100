"""Who may publish where, as a pipeline says: a table for each kind of environment."""

from __future__ import annotations

from collections.abc import Mapping

from pipegen.authority.model import EVERYTHING, Authority, Environment, Layer, Situation, Stopped, Wait, situations
from pipegen.pipeline import Pipeline, Trigger

_NOTHING: Stopped = frozenset()
_IF: Stopped = frozenset({Layer.IF})
_ON_MERGE: Mapping[Situation, Stopped] = {
    Situation.FORK: EVERYTHING,
    Situation.PULL: EVERYTHING,
    Situation.PUSH: _NOTHING,
    Situation.PUSH_ELSEWHERE: EVERYTHING,
    Situation.TAG: EVERYTHING,
    Situation.BY_HAND: _NOTHING,
    Situation.ANOTHER: _IF,
    Situation.ELSEWHERE: EVERYTHING,
    Situation.ALIKE: EVERYTHING - _IF,  # conditions ignore case
    Situation.RERUN: _NOTHING,
    Situation.EDITED: frozenset({Layer.GITHUB, Layer.AWS}),
}
_MANUAL: Mapping[Situation, Stopped] = {
    Situation.FORK: frozenset({Layer.IF, Layer.CHECK, Layer.GITHUB}),
    # A pull request has a ref of its own, and nothing says that GitHub does not take it for "any branch".
    Situation.PULL: frozenset({Layer.IF, Layer.CHECK}),
    Situation.PUSH: _IF,
    Situation.PUSH_ELSEWHERE: _IF,
    Situation.TAG: frozenset({Layer.IF, Layer.CHECK, Layer.GITHUB}),
    Situation.BY_HAND: _NOTHING,
    Situation.ANOTHER: _IF,
    Situation.ELSEWHERE: _NOTHING,
    Situation.ALIKE: _NOTHING,
    Situation.RERUN: _NOTHING,
    Situation.EDITED: _NOTHING,
}
_RELEASE: Mapping[Situation, Stopped] = {
    **_ON_MERGE,
    Situation.PUSH: _IF,
    Situation.EDITED: _NOTHING,  # whoever may push can tag
    Situation.INDEX: frozenset({Layer.GITHUB}),
}


def intended(pipeline: Pipeline) -> Authority:
    """Who may publish where."""
    repository, branch = pipeline.repository, pipeline.branch
    environments: dict[str, Environment] = {}
    cells: dict[tuple[str, str, Situation], Stopped] = {}
    waits: set[Wait] = set()
    for environment in pipeline.environments:
        on_merge = environment.trigger is Trigger.ON_MERGE
        environments[environment.name] = Environment(
            account=environment.account,
            role=environment.role,
            credentials=environment.credentials,
            repository=repository.name,
            ids=tuple(str(id or "") for id in (repository.id, repository.owner_id)),
            ref=f"refs/heads/{branch}" if on_merge else "",
            branches=(branch,) if on_merge else ("**/*",),
            reviewers=tuple(name if "/" in name else f"user/{name}" for name in environment.reviewers),
        )
        # Access keys are trusted wherever they are used.
        trusting = {Layer.AWS} if environment.credentials == "access-keys" else _NOTHING
        for component in pipeline.components:
            workflow = f"publish-{component.id}.yml" if component.id else "publish.yml"
            for situation in situations(branch, is_release=False):
                stopped = (_ON_MERGE if on_merge else _MANUAL)[situation]
                cells[workflow, environment.name, situation] = stopped - trusting
            if on_merge and environment.after:
                waits.add((workflow, environment.name, "push", environment.after))
    if release := pipeline.release:
        has_package = release.python_package or release.npm_package
        environments["release"] = Environment("", "", "", repository.name, (), "", (branch,), ())
        for situation in situations(branch, is_release=True, has_package=has_package):
            cells["release.yml", "release", situation] = _RELEASE[situation] - {Layer.AWS}
    return Authority(branch, environments, cells, frozenset(waits))
