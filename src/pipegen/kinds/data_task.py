"""A data task: its image, packages or files are published to its environments. The next run uses them."""

from __future__ import annotations

from pipegen.kinds.shared.environments import lower_environments
from pipegen.kinds.shared.pipelines import published
from pipegen.kinds.shared.publishing import Publishable, lower_component
from pipegen.kinds.shared.tests import lower_tests
from pipegen.manifest.root import DataTask
from pipegen.pipeline import Pipeline


def lower(manifest: DataTask) -> Pipeline:
    """The pipeline of a data task."""
    environments = lower_environments(manifest)
    jobs = lower_tests(manifest.test)
    publishable = Publishable(
        id="",
        name=manifest.name,
        paths=(),
        test=manifest.test,
        jobs=jobs,
        image=manifest.image,
        service=None,
        task=manifest.task,
        functions=manifest.lambda_,
        files=manifest.files or (),
    )
    return published(manifest, jobs, environments, (lower_component(publishable, environments),))
