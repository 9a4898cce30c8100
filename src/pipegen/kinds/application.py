"""An application: its image is published to its environments, where AWS deploys it."""

from __future__ import annotations

from pipegen.kinds.shared.environments import lower_environments
from pipegen.kinds.shared.pipelines import published
from pipegen.kinds.shared.publishing import Publishable, lower_component
from pipegen.kinds.shared.tests import lower_tests
from pipegen.manifest.root import Application
from pipegen.pipeline import Pipeline


def lower(manifest: Application) -> Pipeline:
    """The pipeline of an application."""
    environments = lower_environments(manifest)
    jobs = lower_tests(manifest.test)
    publishable = Publishable(
        id="",
        name=manifest.name,
        paths=(),
        test=manifest.test,
        jobs=jobs,
        image=manifest.image,
        service=manifest.service,
        task=None,
        functions=None,
        files=(),
    )
    return published(manifest, jobs, environments, (lower_component(publishable, environments),))
