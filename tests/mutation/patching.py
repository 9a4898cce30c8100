"""A mutant put in the place of a module that is already in use, without importing anything anew."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any, get_args

from mutation.mutants import Mutant


def put(mutant: Mutant, module: ModuleType) -> None:
    """Give the function its wrong code, or the constant its wrong value, wherever it is known by now.

    Raises whatever the mutant raises when it is made: then Python itself would refuse to import it.
    """
    code = compile(mutant.tree, str(module.__file__), "exec")
    found: Any = module
    for name in mutant.owner.split("."):
        found = vars(found)[name]
    function = _function(found)
    if function is None:
        _put_values(module, mutant.owner, mutant.tree)
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


def _put_values(module: ModuleType, name: str, tree: ast.Module) -> None:
    """Put the value in the place of the old one, and with it every constant that was made of it on import."""
    fresh = dict(vars(module))
    changed = {name}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=made)]) | ast.AnnAssign(target=ast.Name(id=made)):
                used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
                if used & changed:
                    exec(compile(ast.Module([statement], []), str(module.__file__), "exec"), fresh)
                    changed.add(made)
    for made in changed:
        _exchange(made, vars(module)[made], fresh[made])


def _exchange(name: str, old: object, new: object) -> None:
    """Models hold the classes of texts themselves, so those are changed in place."""
    for one, another in zip(get_args(old)[1:], get_args(new)[1:], strict=True):
        if type(one).__name__ == "Text":
            vars(one).update(vars(another))
            return
    for known in list(sys.modules.values()):
        if known and known.__name__.startswith(("pipegen", "test_", "hostile")) and vars(known).get(name) is old:
            setattr(known, name, new)
