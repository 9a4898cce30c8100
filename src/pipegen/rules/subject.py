"""What a rule looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipegen.files import Files
from pipegen.manifest.root import AnyManifest, Components
from pipegen.manifest.test import Test
from pipegen.pipeline import Pipeline
from pipegen.route import Route


@dataclass(frozen=True, slots=True)
class Subject:
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
