"""The manifests that the tests compile, and the repositories that they stand in."""

from __future__ import annotations

from pathlib import Path

from pipegen.compiler import Compilation, compile_manifest

HERE = Path(__file__).parent
PROJECT = HERE.parent
EXAMPLES = sorted(path.parent for path in PROJECT.glob("examples/*/deploy.yaml"))
ACCEPTED = sorted(HERE.glob("accepted/*.yaml"))
REJECTED = sorted(HERE.glob("rejected/*.yaml"))

FILES = {
    "application": ("requirements.txt", "package-lock.json"),
    "compose": ("docker/compose.test.yml", "yarn.lock"),
    "compose-health": (".python-version", "compose.yml"),
    "components": ("requirements.txt", "processor", "processor/pyproject.toml", "compose.yml"),
    "parallel": ("pyproject.toml",),
}
"""What the repositories of the accepted manifests hold, by the name of the manifest."""

TEST_WORKFLOW = ".github/workflows/test.yml"


class Holding:
    """A repository that holds the files named."""

    def __init__(self, *files: str) -> None:
        self.files = {".", *files}

    def holds(self, path: str) -> bool:
        """See `pipegen.files.Files`."""
        return path.rstrip("/") in self.files


def compiled(manifest: Path) -> Compilation:
    """A manifest of `accepted` or `rejected`, compiled as if its repository held its files."""
    return compile_manifest(manifest.read_bytes(), Holding(*FILES.get(manifest.stem, ())))


def workflow(manifest: Path) -> str:
    """The Test workflow that a manifest compiles to."""
    compilation = compiled(manifest)
    assert compilation.files is not None, compilation.diagnostics
    return compilation.files[TEST_WORKFLOW]
