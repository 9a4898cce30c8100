"""The environments of a manifest, each with what it states otherwise."""

from __future__ import annotations

from pipegen.manifest.environment import DEFAULT_PUBLISH, Settings
from pipegen.manifest.overrides import overridden
from pipegen.manifest.root import Published
from pipegen.pipeline import Environment, Trigger


def lower_environments(manifest: Published) -> tuple[Environment, ...]:
    """The environments by name, with settings resolved."""
    shared = overridden(Settings(), manifest)
    environments = []
    for name, environment in sorted(manifest.environments.items()):
        settings = overridden(shared, environment)
        publish = environment.publish or DEFAULT_PUBLISH.get(name)
        environments.append(
            Environment(
                name=name,
                account=environment.account,
                region=settings.region,
                credentials=settings.credentials,
                trigger=Trigger(publish) if publish else None,
                after=environment.after,
                reviewers=environment.approval.reviewers if environment.approval else (),
            )
        )
    return tuple(environments)
