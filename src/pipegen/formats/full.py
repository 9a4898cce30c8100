"""Each diagnostic with the line that it stands in, as rustc prints them.

The user's text reaches the terminal through `visible` only, and is never interpreted as markup.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping

from pipegen.diagnostics import SECRET, Diagnostic, Rule, Safety, Severity, Span, visible, visible_diff
from pipegen.formats.texts import address, more

_BOLD, _RED, _YELLOW, _BLUE = "1", "1;31", "1;33", "1;34"
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}
COLUMNS = 160
"""How much of a line is quoted."""
_NOTHING, _BRACKET = "\ud800", "\ud801"
"""Keep the place of a character that is not shown, or not as it is. No text that was decoded holds them."""


def render(
    diagnostics: tuple[Diagnostic, ...],
    sources: Mapping[str, str],
    omitted: tuple[Diagnostic, ...] = (),
    *,
    colour: bool | None = None,
) -> str:
    """The diagnostics one after the other, and how many there are; coloured where the terminal is, unless said."""
    page = _Page(sources, _in_colour() if colour is None else colour)
    blocks = ["\n".join(page.block(diagnostic)) for diagnostic in diagnostics]
    if omitted:
        blocks.append(more(omitted))
    return "\n\n".join([*blocks, _count(diagnostics + omitted)]) + "\n" if blocks else ""


def _count(diagnostics: tuple[Diagnostic, ...]) -> str:
    counts = []
    for severity in Severity:
        number = sum(diagnostic.rule.severity is severity for diagnostic in diagnostics)
        if number:
            counts.append(f"{number:,} {severity}{'s' * (number > 1)}")
    explained = f"For more, try `pipegen explain {diagnostics[0].rule.name}`."
    return "\n".join([f"{' and '.join(counts)}. {explained}", *_mendable(diagnostics)])


def _mendable(diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    """What `--fix` would do: of several fixes of one diagnostic it makes the first."""
    first = [diagnostic.fixes[0].safety for diagnostic in diagnostics if diagnostic.fixes]
    safe, unsafe = first.count(Safety.SAFE), first.count(Safety.UNSAFE)
    command = "pipegen lint --fix" if safe else "pipegen lint --fix --unsafe-fixes"
    if number := safe or unsafe:
        what = "it" if len(diagnostics) == 1 else f"{number:,} of them"
        others = f", and with `--unsafe-fixes` {unsafe:,} more" if safe and unsafe else ""
        yield f"`{command}` mends {what}{others}."


def _in_colour() -> bool:
    """Whether colours are wanted: https://no-color.org, https://force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


class _Page:
    """What every block needs: the texts to quote from, and whether to colour."""

    def __init__(self, sources: Mapping[str, str], colour: bool) -> None:
        self.lines = {file: _masked(text).split("\n") for file, text in sources.items()}
        self.colour = colour

    def block(self, diagnostic: Diagnostic) -> Iterator[str]:
        rule, style = diagnostic.rule, _COLOURS[diagnostic.rule.severity]
        head = self.styled(f"{rule.severity}[{rule.name}]", style)
        yield f"{head} {self.linked(rule)}: {self.styled(visible(diagnostic.message), _BOLD)}"
        spans = [span for span in (diagnostic.span, *(related.span for related in diagnostic.related)) if span]
        width = max((len(str(span.line)) for span in spans), default=1)
        if diagnostic.span:
            yield from self.excerpt(diagnostic.file, diagnostic.span, diagnostic.label, "^", style, width)
        elif not diagnostic.related:
            yield f"{' ' * width}{self.styled('-->', _BLUE)} {visible(diagnostic.file)}"
        for related in diagnostic.related:
            yield from self.excerpt(related.file, related.span, related.message, "-", _BLUE, width)
        if diagnostic.remedy:
            yield f"{' ' * width} {self.styled('=', _BLUE)} help: {visible(diagnostic.remedy)}"
        yield from visible_diff(diagnostic.detail)

    def excerpt(self, file: str, span: Span, label: str, mark: str, style: str, width: int) -> Iterator[str]:
        """The first line of a span, or what of it stands around its start, with what is meant underlined."""
        margin, bar = " " * width, self.styled("|", _BLUE)
        yield f"{margin}{self.styled('-->', _BLUE)} {visible(file)}:{span.line}:{span.column}"
        lines = self.lines.get(file, [])
        line = lines[span.line - 1] if span.line <= len(lines) else ""
        start = min(span.column - 1, len(line))
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        first, last = _stretch(line, start)
        before = f"{'…' if first else ''}{_shown(line[first:start])}"
        after = f"{_shown(line[start:last])}{'…' if last < len(line) else ''}"
        underline = " " * _width(before) + mark * max(1, _width(_shown(line[start : min(end, last)].rstrip())))
        yield f"{margin} {bar}"
        yield f"{self.styled(str(span.line).rjust(width), _BLUE)} {bar} {before}{after}".rstrip()
        yield f"{margin} {bar} {self.styled(f'{underline} {visible(label)}'.rstrip(), style)}"

    def linked(self, rule: type[Rule]) -> str:
        """The code of a rule, as a link to its page where it has an address.

        https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
        """
        where = address(rule) if self.colour else None
        return f"\x1b]8;;{where}\x1b\\{rule.code}\x1b]8;;\x1b\\" if where else rule.code

    def styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text


def _masked(text: str) -> str:
    """The text as it was read, with credentials masked and every other character where it was."""
    read = text.removeprefix("\ufeff").replace("\r\n", "\n")
    masked = SECRET.sub(lambda found: "***".ljust(len(found[0]), _NOTHING), read)
    return masked.replace("##[", f"##{_BRACKET}")


def _stretch(line: str, start: int) -> tuple[int, int]:
    """Which part of a line is shown: some `COLUMNS` columns, at most half of them before the start of a span."""
    if len(line) <= COLUMNS and _width(_shown(line)) <= COLUMNS:
        return 0, len(line)
    first = last = start
    room = COLUMNS
    while first > 0 and room > COLUMNS // 2:
        first -= 1
        room -= _width(_shown(line[first])) or 1
    while last < len(line) and room > 0:
        room -= _width(_shown(line[last])) or 1
        last += 1
    return first, last


def _shown(text: str) -> str:
    """The text, whose credentials are masked already, as it may be shown on one line."""
    shown = text.replace("\t", " ").replace(_NOTHING, "").replace(_BRACKET, "<U+005B>")
    return shown if shown.isprintable() else "".join(map(visible, shown))


def _width(shown: str) -> int:
    """Columns that a terminal needs for a text: wide characters take two, combining ones none."""
    if shown.isascii():
        return len(shown)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)
