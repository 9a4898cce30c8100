"""The judges of compiled workflows, and the one of compiled roots.

Each takes files and returns a Verdict. They see different things: keep all of them, and give each a file that it must
flag (tests/canaries), because a judge that fell silent looks like a judge that is content.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from .auditing import zizmor
from .formatting import terraform
from .house_rules import house
from .linting import actionlint, upstream_actionlint
from .programs import JudgeError
from .rereading import readers
from .scripts import shellcheck
from .validating import schema
from .verdict import Verdict

Judge = Callable[[Sequence[Path]], Verdict]

JUDGES: dict[str, Judge] = {
    "zizmor": zizmor,
    "actionlint": actionlint,
    "shellcheck": shellcheck,
    "upstream-actionlint": upstream_actionlint,
    "schema": schema,
    "readers": readers,
    "house": house,
}
ROOT_JUDGES: dict[str, Judge] = {"terraform": terraform}

__all__ = [
    "JUDGES",
    "ROOT_JUDGES",
    "Judge",
    "JudgeError",
    "Verdict",
    "actionlint",
    "house",
    "readers",
    "schema",
    "shellcheck",
    "terraform",
    "upstream_actionlint",
    "zizmor",
]
