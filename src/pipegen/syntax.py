"""What the parser complains of, as a person is told: where it is, and what to do about it."""

from __future__ import annotations

import re

import yaml

from pipegen.diagnostics import Diagnostic, Related, Span
from pipegen.rules.reading import YamlSyntax

_REMEDIES = {
    "mapping values are not allowed in this context": "quote a text that has `: ` in it; indent keys alike",
    "found character that cannot start any token": "quote a text that begins with `@`, `%` or a backquote",
    "found unexpected end of stream": "close the quotes",
    "did not find expected key": "indent the line as its neighbours; quote the whole of a text, or nothing of it",
    "did not find expected '-' indicator": "begin each item with `- `, or indent the line as the key above the list",
    "did not find expected ',' or ']'": "close the bracket, or put a comma between the items",
    "did not find expected ',' or '}'": "close the brace, or put a comma between the entries",
    "could not find expected ':'": "write `KEY: VALUE`, with a space after the colon",
}
"""What to do about the commonest complaints of the parser, in its words."""


def syntax_error(error: yaml.MarkedYAMLError, file: str, text: str) -> Diagnostic:
    """The diagnostic of what is not YAML."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines() or [""]
    begun = error.context_mark if error.context_mark and error.context_mark.line < line else None
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    span = _at(line, column)
    if "\t" in lines[line][: column + 1]:
        return Diagnostic(YamlSyntax, file, span, "a tab cannot indent YAML", remedy="indent with spaces")
    problem = error.problem or error.context or ""
    what = re.sub("^while [a-z]+ ", "", error.context or "")
    related = (Related(file, _at(begun.line, begun.column), f"{what} begins here"),) if begun else ()
    message = f"this is not YAML: {problem}"
    return Diagnostic(YamlSyntax, file, span, message, remedy=_REMEDIES.get(problem, ""), related=related)


def _at(line: int, column: int) -> Span:
    """The character at a line and a column that count from 0."""
    return Span(line + 1, column + 1, line + 1, column + 2)
