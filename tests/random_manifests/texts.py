"""Random texts of the language's string classes: a class's own example, changed as long as it stays of the class."""

from __future__ import annotations

import re
from random import Random
from typing import Any, get_args

from pipegen.diagnostics import SECRET
from pipegen.manifest import strings
from pipegen.manifest.strings import Text

_LIKELY = "abcxyz019-_./ AZ"
_ODD = "".join(chr(code) for code in range(32, 127)) + "\n\t\u00a0\u00e9\u2014\u6570\U0001f680"
_EXPRESSION = re.compile(r"\$\{\{|\{\{resolve:")


def class_of(annotated: Any) -> Text:
    """The class of a text by its name in `pipegen.manifest.strings`."""
    found = get_args(annotated)[1]
    assert isinstance(found, Text)
    return found


COMMAND, FILE, FOLDER = (class_of(one) for one in (strings.Command, strings.Path, strings.Folder))


def random_text(random: Random, shape: Text) -> str:
    """A text of the class. A command is one that no linter of shell scripts complains of, because it is the user's."""
    if shape == COMMAND:
        return _command(random)
    value = shape.example
    for _ in range(random.randrange(9)):
        changed = _changed(random, value)
        if is_of(shape, changed):
            value = changed
    return value


def is_of(shape: Text, value: str) -> bool:
    """Whether a manifest may say this where it wants a text of the class."""
    refused = shape.problem(value) or shape.is_reserved(value) or _EXPRESSION.search(value) or SECRET.search(value)
    return not refused


def _changed(random: Random, value: str) -> str:
    start = random.randrange(len(value) + 1)
    end = min(len(value), start + random.randrange(2))
    put = random.choice(("", random.choice(_LIKELY), random.choice(_LIKELY), random.choice(_ODD)))
    return value[:start] + put + value[end:]


def _command(random: Random) -> str:
    target = "".join(random.choice("abcdefgh-") for _ in range(random.randrange(1, 9))).strip("-") or "all"
    one = random.choice((f"make {target}", f"npm run {target}", f'pytest -k "{target} or other" | tee {target}.txt'))
    return random.choice((one, one, f"set -u\n{one}\n", f"{one} # --{target}"))
