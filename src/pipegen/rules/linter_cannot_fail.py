"""PG213."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipegen.diagnostics import Finding, Place, Rule, Severity, quoted
from pipegen.frozen import Frozen
from pipegen.rules.subject import Subject

_CHECKS: dict[str, frozenset[str]] = {
    "black": frozenset({"--check"}),  # with `--diff` alone it succeeds, and so does isort
    "isort": frozenset({"--check", "--check-only", "-c"}),
    "prettier": frozenset({"--check", "-c", "--list-different", "-l"}),
    "ruff format": frozenset({"--check", "--diff"}),
}
"""Formatters that rewrite files and succeed, and the options with which they fail instead."""
_SUCCEED_WITH = frozenset({"--exit-zero", "--fix-only"})
"""Options with which flake8, pylint and ruff succeed whatever they find."""
_SUCCEED = frozenset({"true", ":", "echo", "printf"})
_PREPARE = frozenset({"[", "[[", "cd", "command", "git", "mkdir", "pip", "rm", "source", "test", "type", "which"})
"""What may fail on the way to a linter without its being one."""
_RUNNERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("poetry", "uv", "pipx", "pipenv", "pdm", "hatch", "rye"), frozenset({"run"})),
    **dict.fromkeys(("npm", "pnpm", "yarn"), frozenset({"exec", "dlx"})),
    **dict.fromkeys(("python", "python3"), frozenset({"-m"})),
    **dict.fromkeys(("npx", "bunx", "uvx", "env", "exec", "time"), frozenset()),
}
"""Programs that run another one: the next word must be one of these, if there are any."""
_WITH_A_VALUE = frozenset(
    {"--directory", "--extra", "--from", "--group", "--package", "--project", "--python", "--with"}
)
"""Options of such programs that take the next word."""

# Every alternative begins differently, so that a text of any kind takes a time that is linear in its length.
_TOKEN = re.compile(
    r"""
    (?P<space> (?: [ \t] | \\\n )+ )
    | (?P<comment> (?<![^\s;&|]) \#[^\n]* )
    | (?P<operator> && | \|\| | \|& | [;&|\n] )
    | (?P<word> (?: [^\s;&|\\'"] | \\[^\n] | '[^']*' | "(?:[^\\"]|\\.)*" )+ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


class LinterCannotFail(Rule):
    """The suite `lint` runs a command that succeeds whatever it finds.

    `black .` rewrites the files in the runner, which nobody sees, and passes. So does `flake8 || echo failed`, and
    `black --diff .`, which only prints.

    Bad:

    ```yaml
    test:
      suites: {lint: black ., unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Good:

    ```yaml
    test:
      suites: {lint: black --check ., unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Fix: let the formatter check (`black --check`, `isort --check`, `ruff format --check`, `prettier --check`), and
    its exit status through.
    """

    code = "PG213"
    name = "linter-cannot-fail"
    severity = Severity.WARNING
    suppressible = True


RULES: tuple[type[Rule], ...] = (LinterCannotFail,)


def check(subject: Subject) -> Iterator[Finding]:
    """The command of each suite `lint`."""
    for route, test in subject.tests():
        lint = test.suites.get("lint")
        if lint and (found := cannot_fail(lint.run)):
            message = f"{quoted(found)} succeeds whatever it finds"
            remedy = "let it check instead of rewrite (`--check`), and let its exit status through"
            place = Place((*route, "suites", "lint", "run"), part=found)
            yield Finding(LinterCannotFail, place, message, remedy=remedy)


def cannot_fail(script: str) -> str | None:
    """The part of a script that hides what a linter finds, or None.

    The script is run by `bash -eo pipefail`, so that only `||` hides a failure, neither `;` nor `|`.
    """
    commands = _commands(script)
    if commands and all(_succeeds(command) for command in commands):
        return commands[0].text
    compared = max((i for i, command in enumerate(commands) if _fails_if_changed(command)), default=-1)
    for i, command in enumerate(commands):
        if (found := _rewrites(command)) and i > compared:
            return found
        if _SUCCEED_WITH.intersection(command.words):
            return command.text
    return _hidden(commands)


class _Command(Frozen):
    """A simple command: the operator before it, and its words without what only runs it (`poetry run`)."""

    operator: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def _commands(script: str) -> list[_Command]:
    """The commands of a script one after the other, as well as can be told without being a shell."""
    commands: list[_Command] = []
    operator, words = "\n", list[str]()
    for token in _TOKEN.finditer(f"{script}\n"):
        if token.lastgroup == "operator":
            if words:
                commands.append(_Command(operator, _unwrapped(words)))
                operator, words = token[0], []
            elif token[0] != "\n":
                operator = token[0]
        elif token.lastgroup == "word":
            words.append(token[0])
    return commands


def _unwrapped(words: list[str]) -> tuple[str, ...]:
    """The words from the program on that is really run, itself without folder and version."""
    i = 0
    while i < len(words) - 1:
        by = _RUNNERS.get(PurePosixPath(words[i]).name)
        if by is not None and (not by or words[i + 1] in by):
            i += 2 if by else 1
            while i < len(words) - 1 and words[i].startswith("-"):
                i += 2 if words[i] in _WITH_A_VALUE else 1
        elif re.match(r"[A-Za-z_]\w*=", words[i]):
            i += 1
        else:
            break
    i = min(i, len(words) - 1)
    return (PurePosixPath(words[i]).name.partition("@")[0], *words[i + 1 :])


def _rewrites(command: _Command) -> str | None:
    """The formatter that a command runs without asking it to check."""
    program, *rest = command.words
    if program == "ruff":
        program = f"ruff {next((word for word in rest if not word.startswith('-')), '')}"
    checks = _CHECKS.get(program)
    return program if checks is not None and checks.isdisjoint(rest) else None


def _fails_if_changed(command: _Command) -> bool:
    """Whether a command fails where a formatter has changed something: `git diff --exit-code`."""
    return command.words[:2] == ("git", "diff") and not {"--exit-code", "--quiet"}.isdisjoint(command.words)


def _succeeds(command: _Command) -> bool:
    return command.words[0] in _SUCCEED or command.words[:2] == ("exit", "0")


def _hidden(commands: list[_Command]) -> str | None:
    """A `||` after which nothing but success can come, and that is not about what a linter needs."""
    first = 0
    for i, command in enumerate(commands):
        if command.operator in (";", "&", "\n"):
            first = i
        last = i + 1 == len(commands) or commands[i + 1].operator in (";", "&", "\n")
        if last and command.operator == "||" and _succeeds(command):
            prepares = commands[first].words[0] in _PREPARE and i + 1 < len(commands)
            if not prepares:
                return f"|| {command.text}"
    return None
