"""The environments of a manifest, each with what it states otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from pipegen.manifest import environment as manifest
from pipegen.manifest.environment import DEFAULT_PUBLISH, ComponentOverride, Settings, SingleEnvironment
from pipegen.manifest.overrides import overridden
from pipegen.manifest.root import Application, Components, DataTask
from pipegen.pipeline import Environment, Trigger


@dataclass(frozen=True, slots=True)
class Named:
    """An environment with its settings resolved, and what it states otherwise of components."""

    environment: Environment
    settings: Settings
    stated: manifest.Environment

    def override(self, component: str) -> ComponentOverride | SingleEnvironment | None:
        """What is otherwise here for a component, by its identifier; empty where the repository is one."""
        match self.stated:
            case manifest.SharedEnvironment():
                return self.stated.components.get(component)
            case manifest.SingleEnvironment():
                return self.stated
            case _:
                return None


def lower_environments(repository: Application | DataTask | Components) -> tuple[Named, ...]:
    """The environments: those that are published by hand, then the others, each after the one that it waits for."""
    shared = overridden(Settings(), repository)
    named = {name: _named(name, stated, shared) for name, stated in sorted(repository.environments.items())}
    return tuple(sorted(named.values(), key=lambda one: _order(one.environment, named)))


def _named(name: str, stated: manifest.Environment, shared: Settings) -> Named:
    settings = overridden(shared, stated)
    publish = stated.publish or DEFAULT_PUBLISH.get(name)
    environment = Environment(
        name=name,
        account=stated.account,
        region=settings.region,
        credentials=settings.credentials,
        trigger=Trigger(publish) if publish else None,
        after=stated.after,
        reviewers=stated.approval.reviewers if stated.approval else (),
    )
    return Named(environment, settings, stated)


def _order(environment: Environment, named: dict[str, Named]) -> tuple[bool, int, str]:
    """By hand before on merge, then by how many it waits for; a circle, which a rule refuses, ends the count."""
    waited: set[str] = set()
    first = environment.after
    while first in named and first not in waited:
        waited.add(first)
        first = named[first].environment.after
    return environment.trigger is Trigger.ON_MERGE, len(waited), environment.name
