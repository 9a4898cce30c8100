"""What is built and where it goes, for one component of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pipegen import pipeline
from pipegen.frozen import Frozen
from pipegen.kinds.shared.environments import Named, Override
from pipegen.kinds.shared.names import Filling
from pipegen.kinds.shared.running import lower_service, lower_task
from pipegen.kinds.shared.tests import newest, python_version
from pipegen.manifest import filesets, functions, image
from pipegen.manifest.overrides import overridden
from pipegen.manifest.section import Section
from pipegen.manifest.service import Service
from pipegen.manifest.task import Task
from pipegen.manifest.test import Test
from pipegen.pipeline import (
    Component,
    Environment,
    FileSet,
    FileTarget,
    Function,
    Image,
    ImageRepository,
    Known,
    Package,
    PackageTarget,
    Publication,
    Secret,
    TestJob,
    Versions,
)

S = TypeVar("S", bound=Section)


class Publishable(Frozen):
    """What a manifest says of a component that is published, whichever model it says it in."""

    id: str
    name: str
    paths: tuple[str, ...]
    test: Test
    jobs: tuple[TestJob, ...]
    image: image.Image | None
    service: Service | None
    task: Task | None
    functions: functions.Lambda | None
    files: tuple[filesets.FileSet, ...]


def lower_component(publishable: Publishable, environments: Sequence[Named]) -> Component:
    """The component with its publications, one for each environment."""
    packages = publishable.functions.packages if publishable.functions else {}
    return Component(
        id=publishable.id,
        name=publishable.name,
        paths=publishable.paths,
        tests=tuple(job.id for job in publishable.jobs),
        python=newest(python_version(publishable.test)),
        node=newest(Versions(publishable.test.node)) if publishable.test.node else None,
        image=_image(publishable.image) if publishable.image else None,
        packages=tuple(Package(id, p.source, p.build, p.output) for id, p in sorted(packages.items())),
        files=tuple(
            FileSet(_files_id(index), fileset.source, fileset.build) for index, fileset in enumerate(publishable.files)
        ),
        publications=tuple(_publication(publishable, named) for named in environments),
    )


def _image(stated: image.Image) -> Image:
    return Image(
        dockerfile=stated.dockerfile,
        context=stated.context,
        target=stated.target,
        build_args={name: _build_arg(argument) for name, argument in sorted(stated.build_args.items())},
        before=stated.before,
        platforms=tuple(sorted(stated.platforms)),
        attest=stated.attest,
    )


def _build_arg(argument: image.BuildArgument) -> str | Known:
    return Known(argument.from_) if argument.from_ else argument.value or ""


def _files_id(index: int) -> str:
    return f"files-{index + 1}" if index else "files"


def _publication(publishable: Publishable, named: Named) -> Publication:
    environment = named.environment
    override = named.override(publishable.id)
    filling = Filling(environment.name, publishable.name, environment.account, environment.region)
    service = _restated(publishable.service, override.service)
    task = _restated(publishable.task, override.task)
    functions = _functions(publishable, override)
    image = publishable.image
    running = lower_service(service, image, filling) if service and image else None
    started = lower_task(task, image, filling) if task and image else None
    return Publication(
        environment=environment,
        name=filling.filled("<environment>-<name>"),
        image=_repository(image, environment, publishable.name) if image else None,
        packages=_packages(publishable, named, functions, filling),
        files=_files(publishable.files, override, filling),
        service=running,
        task=started,
        functions=_named(functions.functions, filling) if functions else (),
        consequence=_consequence(publishable, running, started, functions, filling),
    )


def _restated(stated: S | None, override: S | None) -> S | None:
    """A section with what an environment states otherwise; a rule refuses to state otherwise what is nowhere stated."""
    return overridden(stated, override) if stated and override else stated


def _repository(stated: image.Image, environment: Environment, name: str) -> ImageRepository:
    public = stated.registry == "public"
    return ImageRepository(public, f"{environment.name}-{'pub-' if public else ''}{name}", stated.tag)


def _packages(
    publishable: Publishable, named: Named, stated: functions.Lambda | None, filling: Filling
) -> PackageTarget | None:
    if stated is None or not stated.packages:
        return None
    return PackageTarget(
        bucket=filling.filled(named.settings.platform.artifacts_bucket),
        prefix=publishable.name,
        functions={id: _named(package.functions, filling) for id, package in sorted(stated.packages.items())},
    )


def _functions(publishable: Publishable, override: Override) -> functions.Lambda | None:
    if publishable.functions and override.functions:
        known = {id: p for id, p in override.functions.packages.items() if id in publishable.functions.packages}
        return overridden(publishable.functions, functions.LambdaOverride(packages=known))
    return publishable.functions


def _named(stated: Sequence[functions.Function], filling: Filling) -> tuple[Function, ...]:
    return tuple(Function(filling.filled(function.name), function.optional) for function in stated)


def _files(stated: tuple[filesets.FileSet, ...], override: Override, filling: Filling) -> tuple[FileTarget, ...]:
    if len(stated) == 1 and override.files:
        stated = (overridden(stated[0], override.files),)
    return tuple(
        FileTarget(
            fileset=_files_id(index),
            bucket=Secret(fileset.bucket.secret)
            if fileset.bucket.secret
            else filling.filled(fileset.bucket.name or ""),
            prefix=filling.filled(fileset.prefix or ""),
            delete=fileset.delete,
            exclude=fileset.exclude,
        )
        for index, fileset in enumerate(stated)
    )


def _consequence(
    publishable: Publishable,
    service: pipeline.Service | None,
    task: pipeline.Task | None,
    stated: functions.Lambda | None,
    filling: Filling,
) -> str:
    """What AWS does with what is published, for whoever reads the summary of a run."""
    said = []
    if publishable.image and publishable.image.registry == "public":
        said.append("AWS does nothing by itself with a push to the public registry.")
    elif service:
        how = "blue/green, and rolls" if service.web else "a container at a time, and rolls"
        said.append(f"AWS now deploys `{service.container.name}` by itself, {how} back if a health check fails.")
    elif task:
        said.append(
            f"AWS now gives `{task.container.family}` a revision with this image, for its next run. Nothing is started."
        )
    elif publishable.image and not stated:
        said.append("What AWS does with the image is not compiled from this repository.")
    if stated:
        packaged = [function for package in stated.packages.values() for function in package.functions]
        names = sorted({function.name for function in _named((*packaged, *stated.functions), filling)})
        named = ", ".join(f"`{name}`" for name in names)
        said.append(f"AWS now gives the code to {named}, publishes a version and moves its alias. Nothing is started.")
    if publishable.files:
        said.append("What reads the files finds the new ones from now on. Nothing is started.")
    return " ".join(said)
