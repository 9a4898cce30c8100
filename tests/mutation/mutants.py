"""Small mistakes that a programmer could make in a module, one at a time.

mutmut rewrites every function into a trampoline, which is not the function that runs, and leaves constants at the top
of a module alone: there stand the patterns that trust rests on. So the mutants are made here, from the syntax tree.
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ADDED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd}


@dataclass(frozen=True)
class Mutant:
    """A module with one mistake: what is wrong, at which line, and in which function or constant (`owner`).

    Where the same can be wrong several times in a function, `what` counts: the second is `0 → 1 #2`.
    """

    line: int
    owner: str
    what: str
    is_constant: bool
    whole: ast.Module
    node: ast.AST
    changed: ast.AST

    @property
    def tree(self) -> ast.Module:
        """A copy of the module in which one node is another one."""
        memo = {id(self.node): ast.copy_location(self.changed, self.node)}
        return ast.fix_missing_locations(copy.deepcopy(self.whole, memo))


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module. Docstrings, annotations, assertions, imports and what is raised are left alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for owner, top in _owners(tree):
        times: Counter[str] = Counter()
        for node in _nodes(top):
            for mistake, changed in _mistakes(node):
                times[mistake] += 1
                what = mistake if times[mistake] == 1 else f"{mistake} #{times[mistake]}"
                yield Mutant(node.lineno, owner, what, not isinstance(top, ast.FunctionDef), tree, node, changed)


def _owners(tree: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """The functions by their qualified names, and the constants at the top of the module."""
    for statement in tree.body:
        match statement:
            case ast.FunctionDef(name=name):
                yield f"{prefix}{name}", statement
            case ast.ClassDef(name=name):
                yield from _owners(statement, f"{prefix}{name}.")
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if not (
                prefix or name == "__all__"
            ):
                yield name, statement


def _nodes(top: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """What can be wrong inside a function or constant."""
    for field, value in ast.iter_fields(top):
        if field in ("annotation", "returns", "args", "decorator_list", "keywords") and not isinstance(top, ast.Call):
            continue
        for child in value if isinstance(value, list) else [value]:
            is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if isinstance(child, ast.AST) and not isinstance(child, ast.Assert) and not is_docstring:
                if isinstance(child, ast.expr | ast.stmt):
                    yield child
                if not isinstance(child, ast.Raise):
                    yield from _nodes(child)


def _mistakes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Constant(value):
            yield from ((f"{value!r} → {other!r}", ast.Constant(other)) for other in _others(value))
        case ast.expr():
            yield from _of_expression(node)
        case ast.stmt():
            yield from _of_statement(node)


def _of_expression(node: ast.expr) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(left, [op], right) if type(op) in _COMPARED:
            other = _COMPARED[type(op)]()
            yield f"{type(op).__name__} → {type(other).__name__}", ast.Compare(left, [other], right)
        case ast.BoolOp(op, values):
            other_op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{type(op).__name__} → {type(other_op).__name__}", ast.BoolOp(other_op, values)
        case ast.UnaryOp(ast.Not(), operand):
            yield "not dropped", operand
        case ast.BinOp(left, op, right) if type(op) in _ADDED:
            yield f"{type(op).__name__} exchanged", ast.BinOp(left, _ADDED[type(op)](), right)
        case ast.IfExp(test, body, orelse):
            yield "branches exchanged", ast.IfExp(test, orelse, body)


def _of_statement(node: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.If(test, body, orelse):
            yield "condition negated", ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Continue():
            yield "continue → break", ast.Break()
        case ast.Return(ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "nothing returned", ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call()):
            yield "call dropped", ast.Pass()
        case ast.Raise():
            yield "nothing raised", ast.Pass()


def _others(value: object) -> Iterator[bool | int | str]:
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case str() if value:
            yield f"{value}X"
            if any(sign in value for sign in ("(?", "]+", "]*", "\\Z")):
                yield from _other_patterns(value)


def _other_patterns(pattern: str) -> Iterator[str]:
    """A pattern that takes more or less: another count, a look-ahead turned round or a bound left out."""
    exchanged = {"(?!": "(?=", "]+": "]*", "]*": "]+", ")*": ")+", ")+": ")*", "\\Z": "", "\\b": ""}
    for found in re.finditer(r"\(\?!|[\])][+*]|\\Z|\\b", pattern):
        yield pattern[: found.start()] + exchanged[found[0]] + pattern[found.end() :]
