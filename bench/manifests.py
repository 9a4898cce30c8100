"""Manifests to compile by the thousand, no two of them alike, and ones of a given size."""

from __future__ import annotations

import re
from pathlib import Path

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/deploy.yaml"))


class Held:
    """A repository that holds whatever is asked for: a file where the name looks like one, a folder elsewhere."""

    def holds_file(self, path: str) -> bool:
        """See `pipegen.files.Files`."""
        name = path.rpartition("/")[2]
        return name.startswith("Dockerfile") or "." in name[1:]

    def holds_folder(self, path: str) -> bool:
        """See `pipegen.files.Files`."""
        return not self.holds_file(path)

    def beginning(self, path: str) -> bytes:  # noqa: ARG002
        """See `pipegen.files.Files`."""
        return b""


def different(count: int) -> list[bytes]:
    """Manifests of every kind in turn, each of another repository."""
    manifests = [example.read_bytes() for example in EXAMPLES]
    return [of_another(manifests[number % len(manifests)], number) for number in range(count)]


def with_environments(count: int) -> bytes:
    """An application with so many environments."""
    environments = "".join(f'  env-{n}: {{account: "{n:012}", publish: manual}}\n' for n in range(1, count + 1))
    return (
        f"{_HEAD}kind: application\nname: widget\nservice: {{port: 80}}\n{_TEST}environments:\n{environments}".encode()
    )


def with_components(count: int) -> bytes:
    """A repository of so many applications, with one environment."""
    components = "".join(
        f"  part-{n}: {{kind: application, name: part-{n}, image: {{dockerfile: part-{n}/Dockerfile}}}}\n"
        for n in range(1, count + 1)
    )
    environment = 'environments:\n  staging: {account: "111122223333"}\n'
    return f"{_HEAD}{_TEST}components:\n{components}{environment}".encode()


_HEAD = "version: 1\nrepository: acme/widget\n"
_TEST = (
    "test: {suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}}\n"
)


def of_another(manifest: bytes, number: int) -> bytes:
    """The manifest of another repository: with another name, other accounts and other commands."""
    text = re.sub("repository: ([a-z-]+)/", rf"repository: \1/r{number}-", manifest.decode())
    text = text.replace("name: ", f"name: n{number}-", 1).replace("make ", f"make n{number}-")
    return re.sub('account: "[0-9]{4}', f'account: "{number:04}', text).encode()
