"""What a rule looks at."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.files import Files
from pipegen.frozen import Frozen
from pipegen.frozen import stated as given
from pipegen.manifest.environment import SharedEnvironment
from pipegen.manifest.filesets import FileSet
from pipegen.manifest.functions import Lambda
from pipegen.manifest.image import Image
from pipegen.manifest.root import AnyManifest, Application, Components, DataTask, Library
from pipegen.manifest.section import Section, kebab
from pipegen.manifest.service import Service
from pipegen.manifest.task import Task
from pipegen.manifest.test import Test
from pipegen.pipeline import Pipeline
from pipegen.route import Route


class Part(Frozen):
    """Something that is published, and the route of the section that states it; `id` is empty for the only one."""

    route: Route
    id: str
    kind: str
    image: Image | None
    service: Service | None
    task: Task | None
    functions: Lambda | None
    files: tuple[FileSet, ...]


class Stated(Frozen):
    """Where a section is stated: for all environments, and then for one of them, each with its route."""

    route: Route
    sections: tuple[tuple[Route, Section], ...]

    def innermost(self, *settings: str) -> Route:
        """Where a reader looks for a setting: the first of these that the last section to state one states."""
        for route, section in reversed(self.sections):
            said = [one for one in settings if one in map(kebab, given(section))]
            if said:
                return (*route, said[0])
        return (*self.route, settings[0])


class Subject(Frozen):
    """A manifest, what it means, and the repository that it stands in."""

    manifest: AnyManifest
    pipeline: Pipeline
    files: Files

    def tests(self) -> Iterator[tuple[Route, Test]]:
        """Every `test` section with its route: the shared one, and those of components."""
        if self.manifest.test:
            yield ("test",), self.manifest.test
        if isinstance(self.manifest, Components):
            for name, component in self.manifest.components.items():
                if component.test:
                    yield ("components", name, "test"), component.test

    def stated(self, part: Part, key: str, environment: str) -> Stated:
        """Where the `service` or the `task` of a part is stated, as an environment has it."""
        route: Route = (*part.route, key)
        sections = [(route, getattr(part, key))]
        if not isinstance(self.manifest, Library):
            own = self.manifest.environments[environment]
            override = own.components.get(part.id) if isinstance(own, SharedEnvironment) else own
            sections.append((("environments", environment, *route), getattr(override, key, None)))
        return Stated(route, tuple((route, section) for route, section in sections if section))

    def parts(self) -> Iterator[Part]:
        """Everything that is published."""
        match self.manifest:
            case Application(image=image, service=service):
                yield Part((), "", "application", image, service, None, None, ())
            case DataTask(image=image, task=task, lambda_=functions, files=files):
                yield Part((), "", "data-task", image, None, task, functions, files or ())
            case Components(components=components):
                for id, one in components.items():
                    route: Route = ("components", id)
                    image = one.image or (Image() if one.kind == "application" else None)
                    files = one.files or ()
                    yield Part(route, id, one.kind, image, one.service, one.task, one.lambda_, files)
            case Library():
                return
