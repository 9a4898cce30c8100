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
        repository=manifest.repository.name,
        paths=(),
        test=manifest.test,
        jobs=jobs,
        image=manifest.image,
        functions=manifest.lambda_,
        files=manifest.files or (),
        consequence=consequence,
    )
    return published(manifest, jobs, environments, (lower_component(publishable, environments),))


def consequence(image: str) -> str:
    """What AWS does with the image of a task."""
    return f"AWS now points every task definition that uses `{image}` to this image. Nothing is started."
