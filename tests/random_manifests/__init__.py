"""Random manifests of every kind and section, valid or with one mistake, each made again from its number alone."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from cases import Holding
from pipegen.compiler import Compilation, compile_manifest

from .repositories import KINDS
from .spelling import spelt
from .spoiling import Mistake, spoilt
from .values import Values

__all__ = ["Mistake", "RandomManifest", "invalid_manifest", "manifest"]


@dataclass(frozen=True)
class RandomManifest:
    """A manifest as data and as YAML, and the files that its repository must hold, folders with a slash at the end."""

    seed: int
    data: dict[str, Any]
    text: str
    files: tuple[str, ...]

    def compiled(self) -> Compilation:
        """What it compiles to, in a repository that holds what it names."""
        return compile_manifest(self.text.encode(), Holding(*self.files))


def manifest(seed: int) -> RandomManifest:
    """The valid manifest of this number. The kinds take turns."""
    random = Random(seed)
    values = Values(random)
    values.files.add("Dockerfile")
    data = KINDS[seed % len(KINDS)](values)
    return RandomManifest(seed, data, spelt(data, random), tuple(sorted(values.files)))


def invalid_manifest(seed: int) -> tuple[RandomManifest, Mistake]:
    """The valid manifest of this number with one mistake."""
    random = Random(seed)
    valid = manifest(seed)
    data, mistake = spoilt(valid.data, random)
    return RandomManifest(seed, data, spelt(data, random), valid.files), mistake
