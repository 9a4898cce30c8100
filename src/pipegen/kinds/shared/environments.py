"""The environments of a manifest, each with what it states otherwise."""

from __future__ import annotations

from pipegen.frozen import Frozen
from pipegen.kinds.shared.names import Filling, shortened
from pipegen.manifest import environment as manifest
from pipegen.manifest.environment import DEFAULT_PUBLISH, ComponentOverride, Settings
from pipegen.manifest.filesets import FilesOverride
from pipegen.manifest.functions import LambdaOverride
from pipegen.manifest.overrides import overridden
from pipegen.manifest.root import Application, Components, DataTask
from pipegen.manifest.service import Service
from pipegen.manifest.task import Task
from pipegen.pipeline import Environment, Platform, Slack, Trigger

# IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_ROLE_NAME = 64
# What modules append to a name leaves this much of it.
_BASE_NAME = 50


class Override(Frozen):
    """What an environment states otherwise for one component, wherever it may do so."""

    service: Service | None = None
    task: Task | None = None
    functions: LambdaOverride | None = None
    files: FilesOverride | None = None


class Named(Frozen):
    """An environment with its settings resolved, and what it states otherwise of components."""

    environment: Environment
    settings: Settings
    stated: manifest.Environment

    def override(self, component: str) -> Override:
        """What is otherwise here for a component, by its identifier; empty where the repository is one."""
        match self.stated:
            case manifest.SharedEnvironment():
                stated = self.stated.components.get(component, ComponentOverride())
                return Override(stated.service, stated.task, stated.lambda_, stated.files)
            case manifest.ApplicationEnvironment():
                return Override(service=self.stated.service)
            case manifest.DataTaskEnvironment():
                return Override(None, self.stated.task, self.stated.lambda_, self.stated.files)
            case _:
                return Override()


def lower_environments(repository: Application | DataTask | Components) -> tuple[Named, ...]:
    """The environments: those that are published by hand, then the others, each after the one that it waits for."""
    shared = overridden(Settings(), repository)
    _, _, name_of = repository.repository.name.partition("/")
    named = {name: _named(name, stated, shared, name_of) for name, stated in sorted(repository.environments.items())}
    return tuple(sorted(named.values(), key=lambda one: _order(one.environment, named)))


def _named(name: str, stated: manifest.Environment, shared: Settings, repository: str) -> Named:
    settings = overridden(shared, stated)
    publish = stated.publish or DEFAULT_PUBLISH.get(name)
    filling = Filling(name, repository, stated.account, settings.region)
    environment = Environment(
        name=name,
        account=stated.account,
        region=settings.region,
        credentials=settings.credentials,
        role=shortened(f"{name}-{repository}-publish", _ROLE_NAME),
        trigger=Trigger(publish) if publish else None,
        after=stated.after,
        reviewers=stated.approval.reviewers if stated.approval else (),
        platform=_platform(settings.platform, filling),
        told=_told(settings.notifications, name, repository, filling) if settings.notifications else None,
    )
    return Named(environment, settings, stated)


def _told(stated: manifest.Notifications, environment: str, repository: str, filling: Filling) -> Slack | str:
    if stated.slack:
        name = shortened(f"{environment}-{repository}", _BASE_NAME)
        return Slack(name, stated.slack.workspace, stated.slack.channel)
    return filling.filled(stated.topic or "")


def _platform(stated: manifest.Platform, filling: Filling) -> Platform:
    return Platform(
        vpc=filling.filled(stated.vpc),
        subnets=tuple(map(filling.filled, stated.subnets)),
        security_groups=tuple(map(filling.filled, stated.security_groups)),
        cluster=filling.filled(stated.cluster),
        load_balancer=filling.filled(stated.load_balancer),
        boundary=filling.filled(stated.boundary) if stated.boundary else None,
    )


def _order(environment: Environment, named: dict[str, Named]) -> tuple[bool, int, str]:
    """By hand before on merge, then by how many it waits for; a circle, which a rule refuses, ends the count."""
    waited: set[str] = set()
    first = environment.after
    while first in named and first not in waited:
        waited.add(first)
        first = named[first].environment.after
    return environment.trigger is Trigger.ON_MERGE, len(waited), environment.name
