"""A workflow as the house rules look at it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Document:
    text: str
    data: Block

    def jobs(self) -> Iterator[tuple[str, Block]]:
        yield from self.data.get("jobs", {}).items()

    def publishes(self) -> bool:
        """Whether anything in it may leave the run: a name that says so, or a job with an environment."""
        is_named = str(self.data.get("name")).startswith(("Publish", "Release"))
        return is_named or any("environment" in job for _, job in self.jobs())

    def steps(self) -> Iterator[tuple[str, Block]]:
        """Every step of every job, with words that say where it is."""
        for name, job in self.jobs():
            for number, step in enumerate(job.get("steps", []), start=1):
                yield f"{name}, step {number}", step


def action(step: Block) -> str:
    """The action that a step uses, without its version; empty for a step that runs commands."""
    return str(step.get("uses", "")).partition("@")[0].lower()


def expressions(value: Any, key: str = "") -> Iterator[str]:
    """Every expression within a value; an `if` is one with and without its braces."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from expressions(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from expressions(item)
    elif isinstance(value, str):
        yield from re.findall(r"\$\{\{(.*?)\}\}", value, re.DOTALL) if "${{" in value else [value] * (key == "if")


# A rule yields one line for each violation; its name, with dashes, is the finding's name.
Rule = Callable[[Document], Iterator[str]]
