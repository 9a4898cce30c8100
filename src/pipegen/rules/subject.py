"""What a rule looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipegen.diagnostics import Route
from pipegen.manifest.root import AnyManifest, Components
from pipegen.manifest.test import Test
from pipegen.pipeline import Pipeline
from pipegen.repository import Repository


@dataclass(frozen=True, slots=True)
class Subject:
    """A manifest, what it means, and the repository that it stands in."""

    manifest: AnyManifest
    pipeline: Pipeline
    repository: Repository

    def tests(self) -> Iterator[tuple[Route, Test]]:
        """Every `test` section with its route: the shared one, and those of components."""
        if self.manifest.test:
            yield ("test",), self.manifest.test
        if isinstance(self.manifest, Components):
            for name, component in self.manifest.components.items():
                if component.test:
                    yield ("components", name, "test"), component.test
