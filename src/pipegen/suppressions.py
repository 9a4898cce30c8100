"""Silencing a rule in the manifest: ``# pipegen: ignore[moving-tag] reason``.

The comment stands on the line of what the rule finds, or alone above it. Only rules that are `suppressible` can be
silenced, and each name of each comment must silence something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipegen.comments import Comment, comments
from pipegen.diagnostics import Diagnostic, Edit, Finding, Fix, Place, Rule, Safety, Span, among, quoted
from pipegen.document import Document
from pipegen.frozen import Frozen
from pipegen.rules.registry import RULES, rule_named
from pipegen.rules.suppressing import IncompleteSuppression, UnknownSuppression, Unsuppressible, UnusedSuppression
from pipegen.suggest import nearest

_MARK = "pipegen:"
_COMMENT = re.compile(r"#\s*pipegen:\s*")
_IGNORE = re.compile(r"ignore\[([^\]]*)\](.*)")
_SUGGESTIONS = 100
"""How many unknown names are compared with the known ones. Nobody reads more."""
_FORM = "write `# pipegen: ignore[NAME] REASON`"


def suppressed(
    document: Document, findings: Sequence[Finding], *, failed: bool
) -> tuple[list[Finding], list[Diagnostic]]:
    """The findings that no comment silences, and what is to be said of the comments.

    A manifest that `failed` was not looked at by every rule, so that nothing can be said of comments that seem unused.
    """
    if _MARK not in document.text:
        return list(findings), []
    reading = _Reading(document)
    for comment in comments(document.text, _MARK):
        reading.read(comment)
    used: set[_Name] = set()
    kept = []
    for finding in findings:
        silenced = [name for line in _lines(document, finding.place) for name in reading.of(finding.rule, line)]
        used.update(silenced)
        if not silenced:
            kept.append(finding)
    if not failed:
        reading.told += [_unused(document, name) for name in reading.names if name not in used]
    return kept, reading.told


class _Name(Frozen):
    """One name in a comment: the rule that it is of, the line that it is for, and whether it is the only one."""

    rule: type[Rule]
    line: int
    span: Span
    comment: Comment
    alone: bool


class _Reading:
    """The names of rules that comments silence, and what is wrong with the comments."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.below = _lines_below(document)
        self.told: list[Diagnostic] = []
        self.names: list[_Name] = []
        self.at: dict[tuple[type[Rule], int], list[_Name]] = {}

    def of(self, rule: type[Rule], line: int) -> list[_Name]:
        """The names that silence a rule on a line."""
        return self.at.get((rule, line), [])

    def tell(self, rule: type[Rule], span: Span, message: str, **more: Any) -> None:
        self.told.append(Diagnostic(rule, self.document.file, span, message, **more))

    def read(self, comment: Comment) -> None:
        """Read a comment, if it is for pipegen."""
        if not (start := _COMMENT.match(comment.text)):
            return
        found = _IGNORE.match(comment.text, start.end())
        words = list(re.finditer(r"[^,\s]+", found[1])) if found else []
        if not found or not words:
            message = f"{quoted(comment.text)} does not say which rule it silences"
            self.tell(IncompleteSuppression, comment.span, message, remedy=_FORM)
            return
        if not re.search(r"\w", found[2]):
            message = f"{quoted(comment.text)} does not say why"
            remedy = f"{_FORM}: others must be able to tell whether it still holds"
            self.tell(IncompleteSuppression, comment.span, message, remedy=remedy)
        line, column = comment.span.line, comment.span.column + found.start(1)
        for word in words:
            span = Span(line, column + word.start(), line, column + word.end())
            self.name(word[0], span, comment, len(words) == 1)

    def name(self, word: str, span: Span, comment: Comment, alone: bool) -> None:
        rule = rule_named(word)
        if rule is None:
            self.unknown(word, span)
        elif not rule.suppressible:
            remedy = f"mend what it finds: see `pipegen explain {rule.name}`"
            self.tell(Unsuppressible, span, f"`{rule.name}` cannot be silenced", remedy=remedy)
        else:
            line = self.below[span.line] if comment.alone else span.line
            name = _Name(rule, line, span, comment, alone)
            self.names.append(name)
            self.at.setdefault((rule, line), []).append(name)

    def unknown(self, word: str, span: Span) -> None:
        known = [rule.name for rule in RULES if rule.suppressible]
        suggestions = nearest(word, known) if len(self.told) < _SUGGESTIONS else []
        label = f"did you mean {among([f'`{name}`' for name in suggestions])}?" if suggestions else ""
        fixes = [Fix(f"write `{name}`", Safety.UNSAFE, (Edit(span, name),)) for name in suggestions]
        sure = tuple(fixes) if len(fixes) == 1 else ()
        self.tell(UnknownSuppression, span, f"{quoted(word)} is no rule", label=label, fixes=sure)


def _lines_below(document: Document) -> list[int]:
    """For each line, by number, the first that is no comment: itself or one below it."""
    below = [len(document.lines) + 1] * (len(document.lines) + 2)
    for number in range(len(document.lines), 0, -1):
        is_comment = document.lines[number - 1].lstrip(" ").startswith("#")
        below[number] = below[number + 1] if is_comment else number
    return below


def _lines(document: Document, place: Place) -> set[int]:
    """Where a comment on a place can stand: on the line of the value, or of its key."""
    return {document.span(place).line, document.span(Place(place.route, key=True)).line}


def _unused(document: Document, name: _Name) -> Diagnostic:
    message = f"`{name.rule.name}` finds nothing on the line that this comment is for"
    fix = Fix("delete it", Safety.SAFE, (Edit(_needless(document, name), ""),))
    return Diagnostic(UnusedSuppression, document.file, name.span, message, remedy="delete it", fixes=(fix,))


def _needless(document: Document, name: _Name) -> Span:
    """What goes with a name: the comma beside it, or the whole comment where it is the only one."""
    line, comment = document.lines[name.span.line - 1], name.comment
    if not name.alone:
        before, after = line[: name.span.column - 1], line[name.span.end_column - 1 :]
        if after.lstrip().startswith(","):
            after = after.lstrip()[1:].lstrip()
        else:
            before = before.rstrip().removesuffix(",").rstrip()
        return Span(name.span.line, len(before) + 1, name.span.line, len(line) - len(after) + 1)
    if comment.alone and name.span.line < len(document.lines):
        return Span(name.span.line, 1, name.span.line + 1, 1)
    return Span(name.span.line, len(line[: comment.span.column - 1].rstrip()) + 1, name.span.line, len(line) + 1)
