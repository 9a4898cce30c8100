"""Manifests with something changed anywhere, for better or worse: whether it is still valid is not known."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from pipegen.manifest.root import ROOTS
from pipegen.manifest.shapes import keys

_VALUES: tuple[Any, ...] = (
    *(
        "",
        " ",
        "a",
        "A",
        "yes",
        "3.12",
        "012345678901",
        "make test",
        "a/b",
        "../a",
        "-",
        "a b",
        "é",
        "a\n",
        "a\nb",
        "\t",
    ),
    *("${{ github.sha }}", "{{resolve:ssm:a}}", "$GITHUB_SHA", "PATH", "path", "<environment>", "<other>", "a" * 60),
    *("application", "library", "on-merge", "private", "time", "a" * 5000, "/", "/health", "*", "a.b", "refs/heads/a"),
    *(True, False, None, 0, 1, -1, 2, 80, 300, 70_000, 2**53, 2**60, 1.5, [], {}, [None], [[]], ["a", "a"], ["a", 1]),
    *({"a": None}, {"a": "a"}, {"name": "a"}, {"run": "a"}, {"": "a"}, {"PATH": "a"}, {"a-": {}}),
)
_WORDS = (*sorted({key for root in ROOTS for key in keys(root)}), "a", "A", "run", "name", "account", "")


def mutated(data: dict[str, Any], random: Random) -> dict[str, Any]:
    """A copy with a few changes: a value replaced, a key left out, renamed or added, an item repeated or left out."""
    changed = copy.deepcopy(data)
    for _ in range(random.choice((1, 1, 2, 3))):
        holder = random.choice(list(_holders(changed)))
        if isinstance(holder, dict):
            _change_keys(holder, random)
        else:
            _change_items(holder, random)
    return changed


def _change_keys(holder: dict[str, Any], random: Random) -> None:
    key = random.choice(list(holder)) if holder else random.choice(_WORDS)
    match random.randrange(4):
        case 0:
            holder.pop(key, None)
        case 1:
            holder[random.choice(_WORDS)] = holder.pop(key, None)
        case 2:
            holder[random.choice(_WORDS)] = copy.deepcopy(random.choice((holder.get(key), random.choice(_VALUES))))
        case _:
            holder[key] = copy.deepcopy(random.choice(_VALUES))


def _change_items(holder: list[Any], random: Random) -> None:
    index = random.randrange(len(holder) + 1)
    match random.randrange(3):
        case 0 if holder:
            holder.insert(index, copy.deepcopy(random.choice(holder)))
        case 1 if index < len(holder):
            del holder[index]
        case _:
            holder[index : index + 1] = [copy.deepcopy(random.choice(_VALUES))]


def _holders(value: Any) -> Iterator[dict[str, Any] | list[Any]]:
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _holders(item)
