"""What clients send, read as far as it is used. What is of another shape than the protocol's is refused."""

from __future__ import annotations

from typing import Any, TypeVar

from pipegen.frozen import Frozen

T = TypeVar("T")


class UnfitError(Exception):
    """The parameters of a message are not what its method takes."""


class Position(Frozen):
    """A `Position` of the protocol, or of a document: both from 0, the character in the units that were agreed on."""

    line: int
    character: int


def text(message: Any, *steps: str) -> str:
    """The text at a path of keys."""
    return _of(str, _at(message, steps), steps)


def whole(message: Any, *steps: str) -> int:
    """The whole number at a path of keys."""
    return _of(int, _at(message, steps), steps)


def items(message: Any, *steps: str) -> list[Any]:
    """The list at a path of keys; an empty one if there is none."""
    found = optional(message, *steps)
    return [] if found is None else _of(list, found, steps)


def texts(message: Any, *steps: str) -> list[str] | None:
    """The list of texts at a path of keys; None if there is none."""
    found = optional(message, *steps)
    return None if found is None else [_of(str, one, steps) for one in _of(list, found, steps)]


def position(message: Any, *steps: str) -> Position:
    """The position at a path of keys."""
    return Position(whole(message, *steps, "line"), whole(message, *steps, "character"))


def optional(message: Any, *steps: str) -> Any:
    """What is at a path of keys, or None."""
    for step in steps:
        message = message.get(step) if isinstance(message, dict) else None
    return message


def _at(message: Any, steps: tuple[str, ...]) -> Any:
    found = optional(message, *steps)
    if found is None:
        raise UnfitError(f"`{'.'.join(steps)}` is missing")
    return found


def _of(kind: type[T], value: Any, steps: tuple[str, ...]) -> T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise UnfitError(f"`{'.'.join(steps)}` is of another type")
    return value
