"""A repository of components: those that share tests are tested together, the others each on its own."""

from __future__ import annotations

from pipegen.kinds.shared.environments import lower_environments
from pipegen.kinds.shared.pipelines import published
from pipegen.kinds.shared.publishing import Publishable, lower_component
from pipegen.kinds.shared.tests import lower_tests
from pipegen.manifest.image import Image
from pipegen.manifest.root import Component, Components
from pipegen.pipeline import Pipeline, TestJob


def lower(manifest: Components) -> Pipeline:
    """The pipeline of a repository of components."""
    environments = lower_environments(manifest)
    shared: tuple[TestJob, ...] = ()
    if manifest.test and any(component.test is None for component in manifest.components.values()):
        shared = lower_tests(manifest.test, alone=False)
    jobs, components = list(shared), []
    for id, component in sorted(manifest.components.items()):
        own = lower_tests(component.test, component=id, alone=False) if component.test else ()
        jobs += own
        if publishable := _publishable(id, component, manifest, own or shared):
            components.append(lower_component(publishable, environments))
    return published(manifest, tuple(jobs), environments, tuple(components))


def _publishable(id: str, component: Component, manifest: Components, jobs: tuple[TestJob, ...]) -> Publishable | None:
    """The component as it is published; None where nothing tests it, which a rule refuses."""
    test = component.test or manifest.test
    if test is None:
        return None
    return Publishable(
        id=id,
        name=component.name,
        paths=component.paths or (),
        test=test,
        jobs=jobs,
        image=component.image or (Image() if component.kind == "application" else None),
        service=component.service,
        task=component.task,
        functions=component.lambda_,
        files=component.files or (),
    )
