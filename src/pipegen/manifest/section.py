"""What every section of a manifest has in common."""

from __future__ import annotations

from typing import ClassVar, dataclass_transform

from pipegen.frozen import Frozen


def kebab(field: str) -> str:
    """The key of a field: ``working_directory`` is written ``working-directory``, and ``from_`` is ``from``."""
    return field.rstrip("_").replace("_", "-")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Section(Frozen, kw_only=True):
    """A mapping of the manifest: closed and immutable. `validate` makes it of values that it has checked.

    The docstring of each field is its hover text in an editor and its line in the language reference. A field's
    shape follows from its annotation alone (`pipegen.manifest.shapes`).
    """

    shorthand: ClassVar[str | None] = None
    """The field that a lone value stands for: ``unit: make test`` is ``unit: {run: make test}``."""
    atomic: ClassVar[bool] = False
    """Whether an override replaces it whole, because it says one thing in one of several ways."""


class OneOrMore(Frozen):
    """Annotates a tuple that may be written as a lone value: ``python: "3.12"`` is ``python: ["3.12"]``."""


class Items(Frozen):
    """Annotates a tuple or mapping with the number of items that it may have; `unique` allows each only once."""

    minimum: int = 0
    maximum: int = 100
    unique: bool = False


class Limits(Frozen):
    """Annotates an integer with its range, both ends included."""

    minimum: int
    maximum: int


class Meanings(Frozen):
    """Annotates a closed list of words with what each means, in their order."""

    words: tuple[str, ...]
