"""What is built and where it goes, for one component of one kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipegen.kinds.shared.environments import Named
from pipegen.kinds.shared.names import Filling, shortened
from pipegen.kinds.shared.tests import newest, python_version
from pipegen.manifest import filesets, functions, image
from pipegen.manifest.environment import ComponentOverride, SingleEnvironment
from pipegen.manifest.overrides import overridden
from pipegen.manifest.test import Test
from pipegen.pipeline import (
    Component,
    Environment,
    FileSet,
    FileTarget,
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

# IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_ROLE_NAME = 64


@dataclass(frozen=True, slots=True)
class Publishable:
    """What a manifest says of a component that is published, whichever model it says it in.

    `consequence` says in words what AWS does with an image in the repository of that name.
    """

    id: str
    name: str
    repository: str
    paths: tuple[str, ...]
    test: Test
    jobs: tuple[TestJob, ...]
    image: image.Image | None
    functions: functions.Lambda | None
    files: tuple[filesets.FileSet, ...]
    consequence: Callable[[str], str]


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
    role = shortened(f"{environment.name}-{publishable.repository.partition('/')[2]}-publish", _ROLE_NAME)
    return Publication(
        environment=environment,
        role=f"arn:aws:iam::{environment.account}:role/{role}",
        image=_repository(publishable.image, environment, publishable.name) if publishable.image else None,
        packages=_packages(publishable, named, override, filling),
        files=_files(publishable.files, override, filling),
        consequence=_consequence(publishable, override, filling),
    )


def _repository(stated: image.Image, environment: Environment, name: str) -> ImageRepository:
    public = stated.registry == "public"
    return ImageRepository(public, f"{environment.name}-{'pub-' if public else ''}{name}", stated.tag)


def _packages(
    publishable: Publishable, named: Named, override: ComponentOverride | SingleEnvironment | None, filling: Filling
) -> PackageTarget | None:
    stated = _functions(publishable, override)
    if stated is None or not stated.packages:
        return None
    return PackageTarget(
        bucket=filling.filled(named.settings.platform.artifacts_bucket),
        prefix=publishable.name,
        functions={id: _names(package.functions, filling) for id, package in sorted(stated.packages.items())},
    )


def _functions(
    publishable: Publishable, override: ComponentOverride | SingleEnvironment | None
) -> functions.Lambda | None:
    if publishable.functions and override and override.lambda_:
        known = {id: p for id, p in override.lambda_.packages.items() if id in publishable.functions.packages}
        return overridden(publishable.functions, functions.LambdaOverride(packages=known))
    return publishable.functions


def _names(stated: Sequence[functions.Function], filling: Filling) -> tuple[str, ...]:
    return tuple(filling.filled(function.name) for function in stated)


def _files(
    stated: tuple[filesets.FileSet, ...], override: ComponentOverride | SingleEnvironment | None, filling: Filling
) -> tuple[FileTarget, ...]:
    if len(stated) == 1 and override and override.files:
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
    publishable: Publishable, override: ComponentOverride | SingleEnvironment | None, filling: Filling
) -> str:
    """What AWS does with what is published, for whoever reads the summary of a run."""
    said = []
    if publishable.image and publishable.image.registry == "public":
        said.append("AWS does nothing by itself with a push to the public registry.")
    elif publishable.image:
        said.append(publishable.consequence(f"{filling.environment}-{publishable.name}"))
    stated = _functions(publishable, override)
    if stated:
        packaged = [name for package in stated.packages.values() for name in _names(package.functions, filling)]
        named = ", ".join(f"`{name}`" for name in sorted({*packaged, *_names(stated.functions, filling)}))
        said.append(f"AWS now gives the code to {named}, publishes a version and moves its alias. Nothing is started.")
    if publishable.files:
        said.append("What reads the files finds the new ones from now on. Nothing is started.")
    return " ".join(said)
