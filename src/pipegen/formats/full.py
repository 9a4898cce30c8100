"""Each diagnostic with the line that it stands in, as rustc prints them.

The user's text reaches the terminal through `visible` only, and is never interpreted as markup.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping

from pipegen.diagnostics import Diagnostic, Severity, Span, visible

_BOLD, _RED, _YELLOW, _BLUE = "1", "1;31", "1;33", "1;34"
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}


def render(diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str]) -> str:
    """The diagnostics one after the other, and how many there are."""
    page = _Page(sources, _in_colour())
    blocks = ["\n".join(page.block(diagnostic)) for diagnostic in diagnostics]
    return "\n\n".join([*blocks, _count(diagnostics)]) + "\n" if blocks else ""


def _count(diagnostics: tuple[Diagnostic, ...]) -> str:
    counts = []
    for severity in Severity:
        number = sum(diagnostic.rule.severity is severity for diagnostic in diagnostics)
        if number:
            counts.append(f"{number} {severity}{'s' * (number > 1)}")
    return f"{' and '.join(counts)}. For more, try `pipegen explain {diagnostics[0].rule.name}`."


def _in_colour() -> bool:
    """Whether colours are wanted: https://no-color.org, https://force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


class _Page:
    """What every block needs: the texts to quote from, and whether to colour."""

    def __init__(self, sources: Mapping[str, str], colour: bool) -> None:
        self.sources = sources
        self.colour = colour

    def block(self, diagnostic: Diagnostic) -> Iterator[str]:
        rule, style = diagnostic.rule, _COLOURS[diagnostic.rule.severity]
        head = self.styled(f"{rule.severity}[{rule.name}]", style)
        yield f"{head} {rule.code}: {self.styled(visible(diagnostic.message), _BOLD)}"
        spans = [span for span in (diagnostic.span, *(related.span for related in diagnostic.related)) if span]
        width = max((len(str(span.line)) for span in spans), default=1)
        if diagnostic.span:
            yield from self.excerpt(diagnostic.file, diagnostic.span, diagnostic.label, "^", style, width)
        else:
            yield f"{' ' * width}{self.styled('-->', _BLUE)} {diagnostic.file}"
        for related in diagnostic.related:
            yield from self.excerpt(related.file, related.span, related.message, "-", _BLUE, width)
        if diagnostic.remedy:
            yield f"{' ' * width} {self.styled('=', _BLUE)} help: {visible(diagnostic.remedy)}"
        yield from (visible(line) for line in diagnostic.detail.splitlines())

    def excerpt(self, file: str, span: Span, label: str, mark: str, style: str, width: int) -> Iterator[str]:
        """The first line of a span, with what is meant underlined."""
        margin, bar = " " * width, self.styled("|", _BLUE)
        yield f"{margin}{self.styled('-->', _BLUE)} {file}:{span.line}:{span.column}"
        lines = self.sources.get(file, "").split("\n")
        line = lines[span.line - 1] if span.line <= len(lines) else ""
        end = span.end_column if span.end_line == span.line else len(line) + 1
        before, marked = line[: span.column - 1], line[span.column - 1 : end - 1]
        underline = " " * _width(before) + mark * max(1, _width(marked.rstrip()))
        yield f"{margin} {bar}"
        yield f"{self.styled(str(span.line).rjust(width), _BLUE)} {bar} {visible(_tabless(line))}".rstrip()
        yield f"{margin} {bar} {self.styled(f'{underline} {visible(label)}'.rstrip(), style)}"

    def styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text


def _tabless(line: str) -> str:
    return line.replace("\t", " ")


def _width(text: str) -> int:
    """Columns that a terminal needs for a text: wide characters take two, combining ones none."""
    shown = visible(_tabless(text))
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)
