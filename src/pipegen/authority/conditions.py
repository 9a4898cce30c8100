"""The conditions of jobs, of the few forms that pipegen writes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipegen.frozen import Frozen

_TOKEN = re.compile(r"\s*(?:(\|\||&&|[=!]=|[!()])|'([^']*)'|([A-Za-z_][\w.-]*(?:\(\))?))")


class Run(Frozen):
    """What a run is about, as far as a condition asks. `chosen` is the environment that was chosen by hand."""

    event: str
    ref: str
    chosen: str = ""


def holds(condition: str, run: Run, needs: Mapping[str, bool]) -> bool:
    """Whether a job starts, by its condition and by which of the jobs that it needs have succeeded.

    A condition that is not understood holds, whatever happened before.
    """
    succeeded = all(needs.values())
    if not condition:
        return succeeded
    values: dict[str, str | bool] = {
        "github.event_name": run.event,
        "github.ref": run.ref,
        "github.ref_type": "tag" if run.ref.startswith("refs/tags/") else "branch",
        "inputs.environment": run.chosen,
        "cancelled()": False,
        **{f"needs.{need}.result": "success" if success else "skipped" for need, success in needs.items()},
    }
    try:
        held = _Condition(condition, values).value()
    except _UnknownError:
        return True
    return held and (succeeded or "cancelled()" in condition)


class _UnknownError(Exception):
    """A condition says something else than those that pipegen writes."""


class _Condition:
    """An expression of `||`, `&&`, `!`, `==`, `!=`, brackets, texts and known names. Texts are equal but for case."""

    def __init__(self, condition: str, values: Mapping[str, str | bool]) -> None:
        self.values = values
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

    def value(self) -> bool:
        value = self.either()
        if self.tokens:
            raise _UnknownError
        return bool(value)

    def take(self, *operators: str) -> str | None:
        """The operator, if one of these comes next."""
        if self.tokens and self.tokens[-1][0] in operators:
            return self.tokens.pop()[0]
        return None

    def either(self) -> str | bool:
        value = self.both()
        while self.take("||"):
            right = self.both()
            value = value or right
        return value

    def both(self) -> str | bool:
        value = self.comparison()
        while self.take("&&"):
            right = self.comparison()
            value = value and right
        return value

    def comparison(self) -> str | bool:
        value = self.single()
        operator = self.take("==", "!=")
        if operator is None:
            return value
        right = self.single()
        if not isinstance(value, str) or not isinstance(right, str):
            raise _UnknownError
        return (value.lower() == right.lower()) == (operator == "==")

    def single(self) -> str | bool:
        if self.take("!"):
            return not self.single()
        if self.take("("):
            value = self.either()
            if not self.take(")"):
                raise _UnknownError
            return value
        _, text, name = self.tokens.pop() if self.tokens else (None, None, None)
        if text is None and name not in self.values:
            raise _UnknownError
        return text if text is not None else self.values[str(name)]
