"""What pipegen tells a person: rules, findings at a route, diagnostics at a position.

A stage that knows the manifest as data reports a `Finding`, which names the place by its route of keys, and what could
be done there as `Proposal`s. It becomes a `Diagnostic`, which has positions in a file, only when `pipegen.locate` looks
the routes up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from pipegen.frozen import Frozen
from pipegen.route import Route


class Severity(StrEnum):
    """How bad it is: an error stops `compile`, a warning never does."""

    ERROR = "error"
    WARNING = "warning"


class Rule:
    """One thing that pipegen can complain of. The docstring of each subclass is its page in `pipegen explain`."""

    code: ClassVar[str]
    """Stable, never used again for another rule: ``PG102``."""
    name: ClassVar[str]
    """What people type and search for: ``unknown-key``."""
    severity: ClassVar[Severity] = Severity.ERROR
    suppressible: ClassVar[bool] = False
    """Whether a comment in the manifest can silence it: never an error, nor what is about who may do what."""


class Span(Frozen):
    """A stretch of text: lines and columns from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(Frozen):
    """A value of the manifest, or the key that names it; or the first stretch of it that reads like `part`."""

    route: Route
    key: bool = False
    part: str = ""


class Safety(StrEnum):
    """How far a fix may be made without asking."""

    SAFE = "safe"
    """The manifest says the same as before, or what every reader takes it to say: `lint --fix` makes it."""
    UNSAFE = "unsafe"
    """Probably what was meant: `lint --fix --unsafe-fixes` makes it, and a person reads the diff."""
    MANUAL = "manual"
    """One of several choices, or nothing that an edit of the manifest can do: only ever offered."""


class Edit(Frozen):
    """The text that replaces a stretch of the file; either may be empty. Its line ends are line feeds."""

    span: Span
    text: str


class Fix(Frozen):
    """What can be done about a diagnostic, as a command to the reader: ``quote it``. Edits of one fix never overlap.

    `needed` are stretches that must still be there afterwards, whatever else is mended at the same time.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...] = ()
    needed: tuple[Span, ...] = ()

    def can_be_shown(self) -> bool:
        """Whether its edits hold nothing that a person may not see, such as a credential."""
        return all(visible(line) == line for edit in self.edits for line in edit.text.split("\n"))


class Replace(Frozen):
    """Write a text, as it stands in YAML, in place of a scalar or a key."""

    place: Place
    text: str


class Remove(Frozen):
    """Take out a key with its value, or an item of a list; with it go mappings and lists that would be left empty."""

    place: Place


class Add(Frozen):
    """Add a key to a mapping, with its value as it stands in YAML, before the first of `later` that is there."""

    route: Route
    key: str
    value: str
    later: tuple[str, ...] = ()


class Proposal(Frozen):
    """A fix at routes. Where the file is written in a way that no small edit would fit, none comes of it."""

    title: str
    safety: Safety
    changes: tuple[Replace | Remove | Add, ...]


class Finding(Frozen):
    """A problem at a place of the manifest.

    `label` is the short text at the caret (a suggestion), `remedy` what to do about it, and `related`
    the other places that the message speaks of.
    """

    rule: type[Rule]
    place: Place
    message: str
    label: str = ""
    remedy: str = ""
    related: tuple[tuple[Place, str], ...] = ()
    fixes: tuple[Proposal, ...] = ()


class Related(Frozen):
    """Another stretch of text that a diagnostic speaks of."""

    file: str
    span: Span
    message: str


class Diagnostic(Frozen):
    """A problem in a file, ready to print.

    `span` is absent where the whole file is meant, and `detail` is what only a person wants to see, such as a diff.
    """

    rule: type[Rule]
    file: str
    span: Span | None
    message: str
    label: str = ""
    remedy: str = ""
    related: tuple[Related, ...] = ()
    detail: str = ""
    fixes: tuple[Fix, ...] = ()


SECRET = re.compile(
    # Shapes of credentials that their issuers document, so that scanners can find them. Each takes a time that is
    # linear in the text: what may repeat begins only where no repetition of it can already have passed.
    r"\b(AKIA|ASIA)[A-Z2-7]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_[A-Za-z0-9_]{22,}"
    r"|\bxox[abposr]-[A-Za-z0-9-]{10,}|\bglpat-[A-Za-z0-9_-]{20}|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b[sr]k_live_[A-Za-z0-9]{16,}|\bnpm_[A-Za-z0-9]{36}|\bAIza[A-Za-z0-9_-]{35}"
    r"|\bhooks\.slack\.com/(services|workflows|triggers)/[A-Za-z0-9/]+"
    # A JSON web token: two objects in Base64, and the signature
    r"|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*"
    # An AWS secret access key
    r"|(?<![A-Za-z0-9/+])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[0-9])"
    r"(?=[A-Za-z0-9]*[/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"
    # A password in a URL, but for a variable, and for hosts of the machine itself or of its containers
    r"|(?<=://)[^\s/:@\"']*:(?!\$)[^\s/@\"']+(?=@(?!127\.|host\.docker\.internal\b)[A-Za-z0-9-]+\.[A-Za-z0-9])"
)
"""What looks like a credential."""


def visible(text: str) -> str:
    """The text as it may be shown: what a terminal would obey or hide is written ``<U+202E>``, a credential ``***``.

    A runner of GitHub Actions obeys ``##[`` anywhere in a line, and ``::`` where one begins, which no text does.
    """
    shown = SECRET.sub("***", text).replace("##[", "##<U+005B>")
    if shown.isprintable():
        return shown
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in shown)


def visible_diff(diff: str) -> Iterator[str]:
    """The lines of a diff as they may be shown. The sign before each is not part of it: `+` may begin a credential."""
    for line in diff.splitlines():
        shown = visible(line[:1]) + visible(line[1:])
        is_command = shown.lstrip().startswith("::")  # to a runner of GitHub Actions, which ignores the space
        yield shown.replace(":", "<U+003A>", 1) if is_command else shown


def quoted(text: str, limit: int = 60) -> str:
    """The user's own text as a message shows it: visible, between backquotes, at most `limit` characters."""
    shown = visible(text)
    return f"`{shown[:limit]}…`" if len(shown) > limit else f"`{shown}`"


def dotted(route: Route) -> str:
    """A value as a message names it: its path of keys, without the indices of lists."""
    return quoted(".".join(step for step in route if isinstance(step, str)) or "the manifest", 120)


def character(c: str) -> str:
    """A character by its code point and Unicode name: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    return f"U+{ord(c):04X} {unicodedata.name(c, 'control character')}"


def among(words: list[str]) -> str:
    """Words as prose: ``a``, ``a or b``, ``a, b or c``."""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
