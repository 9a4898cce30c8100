"""The proposals that findings have in common: what to write instead, and how far that may be done without asking."""

from __future__ import annotations

from pipegen.diagnostics import Add, Place, Proposal, Remove, Replace, Safety, quoted
from pipegen.route import Route
from pipegen.scalars import reads_as_other_than_text

TRUTH = {
    **dict.fromkeys(("true", "yes", "on", "y"), "true"),
    **dict.fromkeys(("false", "no", "off", "n"), "false"),
}
"""What YAML 1.1 takes for true or false, in lower case: https://yaml.org/type/bool.html."""


def quote(place: Place, text: str) -> Proposal:
    """Put quotes around a word that YAML readers would type; none of them holds a character to escape."""
    return Proposal("quote it", Safety.SAFE, (Replace(place, f'"{text}"'),))


def spell(place: Place, meant: str) -> Proposal:
    """Write a value in the one spelling that the language knows."""
    return Proposal(f"write {quoted(meant)}", Safety.SAFE, (Replace(place, meant),))


def rename(place: Place, meant: str) -> Proposal:
    """Write the word that was probably meant, in quotes if it needs them."""
    written = f'"{meant}"' if reads_as_other_than_text(meant) else meant
    return Proposal(f"write {quoted(meant)}", Safety.UNSAFE, (Replace(place, written),))


def delete(place: Place, safety: Safety = Safety.SAFE) -> Proposal:
    """Take out a key with its value, or an item of a list."""
    name = place.route[-1]
    return Proposal(f"delete {quoted(name)}" if isinstance(name, str) else "delete it", safety, (Remove(place),))


def add(route: Route, key: str, value: str, later: tuple[str, ...] = (), safety: Safety = Safety.UNSAFE) -> Proposal:
    """State a key that is missing; the value is an example, which a person is to replace."""
    return Proposal(f"add {quoted(f'{key}: {value}')}", safety, (Add(route, key, value, later),))
