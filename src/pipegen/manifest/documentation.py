"""What the models say of themselves to a reader: their sections, their keys in order, their docstrings."""

from __future__ import annotations

import ast
import inspect
from functools import cache

from pipegen.frozen import fields
from pipegen.manifest.environment import Environment, Settings
from pipegen.manifest.root import ROOTS
from pipegen.manifest.section import Section, kebab
from pipegen.manifest.shapes import Key, ListOf, MapOf, Record, Shape, keys

# The order in which a person writes the top of a manifest.
_TOP = (
    "version",
    "kind",
    "name",
    "description",
    "repository",
    "branch",
    "runner",
    "test",
    "components",
    "environments",
)


@cache
def sections() -> frozenset[type[Section]]:
    """Every section below the root, each once."""
    found: set[type[Section]] = set()
    waiting: list[Shape] = [described.shape for model in ROOTS for described in keys(model).values()]
    while waiting:
        match waiting.pop():
            case Record(model) if model not in found:
                found.add(model)
                waiting += [described.shape for described in keys(model).values()]
            case MapOf(_, value):
                waiting.append(value)
            case ListOf(item):
                waiting.append(item)
    return frozenset(found)


def ordered(model: type[Section]) -> list[tuple[str, Key]]:
    """The keys of a section: of a root in the order in which a person writes them, of another as the model does."""
    if not issubclass(model, ROOTS):
        return list(keys(model).items())
    return sorted(keys(model).items(), key=lambda item: place_at_top(item[0]))


def later_keys(key: str, model: type[Section]) -> tuple[str, ...]:
    """The keys of a section that a person writes after this one."""
    names = [name for name, _ in ordered(model)]
    return tuple(names[names.index(key) + 1 :])


def place_at_top(key: str) -> int:
    """Where a person writes a key at the top of a manifest; what is not listed comes last."""
    return _TOP.index(key) if key in _TOP else len(_TOP)


INHERITED = "the repository's"
"""What an environment has that does not state it otherwise."""


def default(model: type[Section], key: str) -> str | int | bool | list[str] | None:
    """What a key has that is not stated, `INHERITED`, or None where there is nothing to show."""
    one = keys(model)[key]
    if issubclass(model, Environment) and key in keys(Settings):
        return INHERITED
    if isinstance(one.default, tuple):
        return list(one.default) or None
    return one.default if isinstance(one.default, str | int | bool) else None


def documentation(model: type[Section]) -> dict[str, str]:
    """The docstring of every field, read from the source: it stands below the field as in any class."""
    if model not in _DOCUMENTATION:
        _DOCUMENTATION[model] = _read(model)
    return _DOCUMENTATION[model]


_DOCUMENTATION: dict[type[Section], dict[str, str]] = {}


def _read(model: type[Section]) -> dict[str, str]:
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if not (issubclass(owner, Section) and owner is not Section):
            continue
        body = ast.parse(inspect.getsource(owner)).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, docstring in zip(body.body, body.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and field.target.id in fields(owner)
            ):
                assert isinstance(docstring, ast.Expr), f"{owner.__name__}.{field.target.id} has no docstring"
                assert isinstance(docstring.value, ast.Constant)
                found[kebab(field.target.id)] = " ".join(str(docstring.value.value).split())
    return found
