"""What a judge says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """The findings, each beginning with its file's path and a colon, and how many files the judge showed that it read.

    `read` comes from the judge's own output, never from the number of files handed over: a gate that looked at nothing
    has no findings either.
    """

    findings: tuple[str, ...]
    read: int
