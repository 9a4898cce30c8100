"""The manifests that the tests compile, and the repositories that they stand in."""

from __future__ import annotations

from pathlib import Path

from pipegen import output
from pipegen.compiler import Compilation, compile_manifest

HERE = Path(__file__).parent
PROJECT = HERE.parent
EXAMPLES = sorted(path.parent for path in PROJECT.glob("examples/*/deploy.yaml"))
ACCEPTED = sorted(HERE.glob("accepted/*.yaml"))
REJECTED = sorted(HERE.glob("rejected/*.yaml"))

FILES = {
    "application": ("Dockerfile", "requirements.txt", "package-lock.json"),
    "compose": ("Dockerfile", "docker/compose.test.yml", "yarn.lock"),
    "compose-health": ("Dockerfile", ".python-version", "compose.yml"),
    "components": ("Dockerfile", "tables/Dockerfile", "requirements.txt", "processor/", "compose.yml"),
    "lambda-image": ("Dockerfile", "styles/"),
    "missing-files": (),
    "missing-sources": ("source", "Dockerfile/"),
    "parallel": ("pyproject.toml",),
    "public": ("docker/", "docker/Dockerfile"),
    "collisions-in-aws": ("Dockerfile", "one/", "two/", "first/", "second/"),
    "running": ("site/Dockerfile", "worker/Dockerfile", "nightly/Dockerfile"),
    "spark": ("docker/Dockerfile",),
}
"""What the repositories of manifests hold, by the name of the manifest; the others hold a Dockerfile."""

TEST_WORKFLOW = ".github/workflows/test.yml"


class Holding:
    """A repository that holds the files named, and the folders, which are named with a slash at the end."""

    def __init__(self, *paths: str) -> None:
        self.files = {path for path in paths if not path.endswith("/")}
        self.folders = {".", *(path.rstrip("/") for path in paths if path.endswith("/"))}

    def holds_file(self, path: str) -> bool:
        """See `pipegen.files.Files`."""
        return path in self.files

    def holds_folder(self, path: str) -> bool:
        """See `pipegen.files.Files`."""
        return path.rstrip("/") in self.folders

    def beginning(self, path: str) -> bytes:  # noqa: ARG002
        """See `pipegen.files.Files`."""
        return b""


def compiled(manifest: Path) -> Compilation:
    """A manifest of `accepted` or `rejected`, compiled as if its repository held its files."""
    return compile_manifest(manifest.read_bytes(), Holding(*FILES.get(manifest.stem, ("Dockerfile",))))


def write(root: Path, changes: tuple[output.Difference, ...]) -> None:
    """Make changes while others are kept out."""
    with output.locked(root) as lock:
        output.write(lock, changes)


def workflows(manifest: Path) -> dict[str, str]:
    """The workflows that a manifest compiles to, by the name of the file."""
    compilation = compiled(manifest)
    assert compilation.files is not None, compilation.diagnostics
    return {Path(path).name: text for path, text in compilation.files.items() if path.endswith(".yml")}


def roots(manifest: Path) -> dict[str, str]:
    """The files of the Terraform roots that a manifest compiles to, by their paths below `deploy`."""
    compilation = compiled(manifest)
    assert compilation.files is not None, compilation.diagnostics
    found = {path.removeprefix("deploy/"): text for path, text in compilation.files.items() if path.endswith(".tf")}
    return {path: text for path, text in found.items() if not path.startswith("modules/")}


def workflow(manifest: Path) -> str:
    """The Test workflow that a manifest compiles to."""
    return workflows(manifest)["test.yml"]
