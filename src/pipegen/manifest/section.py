"""What every section of a manifest has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


def kebab(field: str) -> str:
    """The key of a field: ``working_directory`` is written ``working-directory``, and ``from_`` is ``from``."""
    return field.rstrip("_").replace("_", "-")


class Section(BaseModel):
    """A mapping of the manifest: closed, strict and immutable.

    The docstring of each field is its hover text in an editor and its line in the language reference. A field's
    shape follows from its annotation alone (`pipegen.manifest.shapes`).
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=kebab)

    shorthand: ClassVar[str | None] = None
    """The field that a lone value stands for: ``unit: make test`` is ``unit: {run: make test}``."""
    atomic: ClassVar[bool] = False
    """Whether an override replaces it whole, because it says one thing in one of several ways."""


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """Annotates a tuple that may be written as a lone value: ``python: "3.12"`` is ``python: ["3.12"]``."""


@dataclass(frozen=True, slots=True)
class Items:
    """Annotates a tuple or mapping with the number of items that it may have; `unique` allows each only once."""

    minimum: int = 0
    maximum: int = 100
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Annotates an integer with its range, both ends included."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Meanings:
    """Annotates a closed list of words with what each means, in their order."""

    words: tuple[str, ...]
