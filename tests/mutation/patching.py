"""A mutant put in the place of a module that is already in use, without importing anything anew."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any, get_args

from mutation.mutants import Mutant


def put(mutant: Mutant, module: ModuleType) -> None:
    """Give the function its wrong code, or the constant its wrong value, wherever it is known by now.

    Raises whatever the mutant raises when it is made: then Python itself would have refused to import it.
    """
    code = compile(mutant.tree, str(module.__file__), "exec")
    found: Any = module
    for name in mutant.owner.split("."):
        found = vars(found)[name]
    function = _function(found)
    if function is None:
        _put_value(module, mutant.owner, code)
        return
    function.__code__ = next(one for one in _codes(code) if one.co_qualname == mutant.owner)
    if hasattr(found, "cache_clear"):
        found.cache_clear()


def _function(found: Any) -> FunctionType | None:
    """The function itself, without what wraps it."""
    match found:
        case FunctionType():
            return getattr(found, "__wrapped__", found)
        case property():
            return _function(found.fget)
        case functools.cached_property():
            return _function(found.func)
        case classmethod() | staticmethod():
            return _function(found.__func__)
    wrapped = getattr(found, "__wrapped__", None)
    return wrapped if isinstance(wrapped, FunctionType) else None


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _put_value(module: ModuleType, name: str, code: CodeType) -> None:
    """Put the value in the place of the old one, and into the classes of texts whose patterns were made of it."""
    fresh: dict[str, Any] = {
        "__name__": module.__name__,
        "__file__": module.__file__,
        "__package__": module.__package__,
    }
    exec(code, fresh)
    old = vars(module)[name]
    for other, value in list(vars(module).items()):
        before, after = get_args(value), get_args(fresh.get(other))
        for one, another in zip(before[1:], after[1:], strict=False):
            if type(one).__name__ == type(another).__name__ == "Text":
                vars(one).update(vars(another))
    for known in list(sys.modules.values()):
        if known and known.__name__.startswith(("pipegen", "test_", "hostile")) and vars(known).get(name) is old:
            setattr(known, name, fresh[name])
