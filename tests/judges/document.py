"""A workflow as the house rules look at it."""

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

    def steps(self) -> Iterator[tuple[str, Block]]:
        """Every step of every job, with words that say where it is."""
        for name, job in self.jobs():
            for number, step in enumerate(job.get("steps", []), start=1):
                yield f"{name}, step {number}", step


# A rule yields one line for each violation; its name, with dashes, is the finding's name.
Rule = Callable[[Document], Iterator[str]]
