"""Positions: pipegen counts lines and code points from 1, the protocol from 0, and in units that the client chooses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any

from pipegen.diagnostics import Span
from pipegen.frozen import Frozen


class Encoding(StrEnum):
    """The unit in which columns are counted."""

    UTF_32 = "utf-32"
    UTF_8 = "utf-8"
    UTF_16 = "utf-16"

    def units(self, text: str) -> int:
        """How many units a text has."""
        match self:
            case Encoding.UTF_32:
                return len(text)
            case Encoding.UTF_16:
                return len(text) + sum(c > "\uffff" for c in text)
            case Encoding.UTF_8:
                return len(text.encode("utf-8", "surrogatepass"))


def negotiated(offered: Sequence[str] | None) -> Encoding:
    """The best encoding that the client offers; without an offer, the protocol's default."""
    return next((encoding for encoding in Encoding if encoding in (offered or ())), Encoding.UTF_16)


class Held(Frozen):
    """The text of a file as an editor holds it: perhaps with a byte order mark, and with any line ends."""

    text: str
    encoding: Encoding

    def range(self, span: Span | None) -> dict[str, Any]:
        """A stretch as the protocol has it; without a span, the first line, which stands for the file."""
        span = span or Span(1, 1, 1, len(self._lines[0]) + 1)
        return {
            "start": self._position(span.line, span.column),
            "end": self._position(span.end_line, span.end_column),
        }

    def lines(self, first: int, last: int) -> dict[str, Any]:
        """The lines from one to another, both from 1 and included."""
        return self.range(Span(first, 1, last, len(self._line(last)) + 1))

    def point(self, line: int, character: int) -> tuple[int, int]:
        """Where a position of the protocol is for pipegen: line and column from 1."""
        text = self._line(line + 1)
        column, units = 0, 0
        while column < len(text) and units < character:
            units += self.encoding.units(text[column])
            column += 1
        return line + 1, column + 1 - self._mark(line + 1)

    def around(self, line: int, character: int) -> tuple[str, str]:
        """What stands on the line before a position of the protocol, and behind it."""
        _, column = self.point(line, character)
        text = self._line(line + 1)[self._mark(line + 1) :]
        return text[: column - 1], text[column - 1 :]

    def replaced(self, line: int, text: str) -> str:
        """The whole text with another line, counted from 0, in the place of one."""
        return "\n".join([*self._lines[:line], text, *self._lines[line + 1 :]])

    @cached_property
    def _lines(self) -> list[str]:
        return re.split("\r\n|\n", self.text)

    def _line(self, line: int) -> str:
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""

    def _mark(self, line: int) -> int:
        return int(line == 1 and self.text.startswith("\ufeff"))

    def _position(self, line: int, column: int) -> dict[str, int]:
        """A carriage return alone ends a line of the protocol, and none of pipegen's, which refuses it."""
        line = min(line, len(self._lines))
        before = self._line(line)[: column - 1 + self._mark(line)]
        returns = sum(text.count("\r") for text in self._lines[: line - 1]) + before.count("\r")
        return {"line": line - 1 + returns, "character": self.encoding.units(before.rpartition("\r")[2])}
