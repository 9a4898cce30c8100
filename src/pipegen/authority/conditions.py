"""The conditions of jobs, of the few forms that pipegen writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from pipegen.frozen import Frozen

_TOKEN = re.compile(r"\s*(?:(\|\||&&|[=!]=|[!()])|'([^']*)'|([A-Za-z_][\w.-]*(?:\(\))?))")

Values = Mapping[str | None, str | bool]
"""What the names of a condition stand for in a run."""
Meaning = Callable[[Values], str | bool]


class Run(Frozen):
    """What a run is about, as far as a condition asks. `chosen` is the environment that was chosen by hand."""

    event: str
    ref: str
    chosen: str = ""


def holds(condition: str, run: Run, needs: Mapping[str, bool]) -> bool:
    """Whether a job starts, by its condition and by which of the jobs that it needs have succeeded.

    A condition that is not understood holds, whatever happened before.
    """
    return _holds(condition, run.event, run.ref, run.chosen, tuple(needs.items()))


@lru_cache(maxsize=10_000)
def _holds(condition: str, event: str, ref: str, chosen: str, needs: tuple[tuple[str, bool], ...]) -> bool:
    """The same. Most conditions are asked about the same runs for every environment, and in every repository."""
    succeeded = all(success for _, success in needs)
    if not condition:
        return succeeded
    values: Values = {
        "github.event_name": event,
        "github.ref": ref,
        "github.ref_type": "tag" if ref.startswith("refs/tags/") else "branch",
        "inputs.environment": chosen,
        "cancelled()": False,
        **{f"needs.{need}.result": "success" if success else "skipped" for need, success in needs},
    }
    try:
        held = _meaning(condition)(values)
    except _UnknownError:
        return True
    return bool(held) and (succeeded or "cancelled()" in condition)


class _UnknownError(Exception):
    """A condition says something else than those that pipegen writes."""


@lru_cache(maxsize=1000)
def _meaning(condition: str) -> Meaning:
    """What gives a condition its value. Raises _UnknownError."""
    return _Condition(condition).meaning()


class _Condition:
    """An expression of `||`, `&&`, `!`, `==`, `!=`, brackets, texts and known names. Texts are equal but for case.

    Both sides of an operator are always asked, so that what is not understood anywhere is not understood at all.
    """

    def __init__(self, condition: str) -> None:
        self.tokens: list[tuple[str | None, str | None, str | None]] = []
        text = condition.removeprefix("${{").removesuffix("}}").rstrip()
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is None:
                raise _UnknownError
            self.tokens.append((token[1], token[2], token[3]))
            at = token.end()
        self.tokens.reverse()

    def meaning(self) -> Meaning:
        meaning = self.either()
        if self.tokens:
            raise _UnknownError
        return meaning

    def take(self, *operators: str) -> str | None:
        """The operator, if one of these comes next."""
        if self.tokens and self.tokens[-1][0] in operators:
            return self.tokens.pop()[0]
        return None

    def either(self) -> Meaning:
        sides = [self.both()]
        while self.take("||"):
            sides.append(self.both())
        return sides[0] if len(sides) == 1 else lambda values: _first([side(values) for side in sides], wanted=True)

    def both(self) -> Meaning:
        sides = [self.comparison()]
        while self.take("&&"):
            sides.append(self.comparison())
        return sides[0] if len(sides) == 1 else lambda values: _first([side(values) for side in sides], wanted=False)

    def comparison(self) -> Meaning:
        left = self.single()
        operator = self.take("==", "!=")
        if operator is None:
            return left
        right = self.single()
        return lambda values: _are_alike(left(values), right(values)) == (operator == "==")

    def single(self) -> Meaning:
        if self.take("!"):
            inner = self.single()
            return lambda values: not inner(values)
        if self.take("("):
            inner = self.either()
            if not self.take(")"):
                raise _UnknownError
            return inner
        _, text, name = self.tokens.pop() if self.tokens else (None, None, None)
        if text is not None:
            return lambda _: text
        return lambda values: _named(values, name)


def _first(sides: list[str | bool], *, wanted: bool) -> str | bool:
    """The first side that is true or false, as is `wanted`, or else the last."""
    return next((side for side in sides if bool(side) == wanted), sides[-1])


def _are_alike(left: str | bool, right: str | bool) -> bool:
    if not isinstance(left, str) or not isinstance(right, str):
        raise _UnknownError
    return left.lower() == right.lower()


def _named(values: Values, name: str | None) -> str | bool:
    if name not in values:
        raise _UnknownError
    return values[name]
