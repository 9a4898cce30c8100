"""Differences between a repository and what its manifest compiles to, as diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipegen.diagnostics import Diagnostic, Fix, Related, Rule, Safety, Span
from pipegen.output import Change, Difference
from pipegen.rules.writing import FileInTheWay, HandEdited, MissingOutput, OrphanedOutput, StaleOutput

_COMPILE = "run `pipegen compile` and commit what it writes"

_TOLD: dict[Change, tuple[type[Rule], str, str]] = {
    Change.CREATE: (MissingOutput, "the manifest compiles to this file, and it is not there", _COMPILE),
    Change.UPDATE: (StaleOutput, "the manifest, or pipegen, has changed since this file was compiled", _COMPILE),
    Change.REMOVE: (OrphanedOutput, "nothing in the manifest compiles to this file any more", _COMPILE),
    Change.HAND_EDITED: (
        HandEdited,
        "this compiled file was changed by hand",
        "bring the change into deploy.yaml; then delete the file and run `pipegen compile`",
    ),
    Change.IN_THE_WAY: (
        FileInTheWay,
        "this stands where pipegen would write, and it does not bear pipegen's mark",
        "rename it, or remove it with `git rm`; then run `pipegen compile`",
    ),
}
_ELSEWHERE = (
    "this has the mark of a compiled file, was changed by hand, and nothing in the manifest compiles to it",
    "delete it; if it is a copy that you mean to keep, delete its first two lines",
)


def diagnostics(differences: Sequence[Difference], *, shown: bool = False) -> Iterator[Diagnostic]:
    """The diagnostics of differences. Unless diffs are `shown`, those of a Terraform folder that are alike are one."""
    told: set[tuple[str, Change]] = set()
    for difference in differences:
        one = (place(difference.path), difference.change)
        if shown or must_be_solved(difference) or one not in told:
            told.add(one)
            yield diagnostic_of(difference, shown=shown)


def place(path: str) -> str:
    """A file as it is told of: Terraform's by its folder, because all of a folder is written and read together."""
    folder, _, _ = path.rpartition("/")
    return f"{folder}/*" if path.startswith("deploy/") else path


def diagnostic_of(difference: Difference, *, shown: bool = False) -> Diagnostic:
    """The diagnostic of a difference, with the diff if it is to be `shown`.

    A hand edit at a place that is compiled to is always shown, because whoever made it must carry it over.
    """
    rule, message, remedy = _TOLD[difference.change]
    edited = difference.change is Change.HAND_EDITED
    if edited and not difference.compiled:
        message, remedy = _ELSEWHERE
    detail = difference.diff() if shown or (edited and difference.compiled) else ""
    fixes = () if must_be_solved(difference) else (Fix(_COMPILE, Safety.MANUAL),)
    line = _first_that_differs(difference)
    return Diagnostic(rule, difference.path, None, message, "", remedy, line, detail, fixes)


def _first_that_differs(difference: Difference) -> tuple[Related, ...]:
    """The first line that is not as compiled, after the mark, which never is."""
    if difference.change not in (Change.UPDATE, Change.HAND_EDITED) or not difference.compiled:
        return ()
    now, compiled = difference.now.split("\n"), difference.compiled.split("\n")
    for number, (line, other) in enumerate(zip(now, [*compiled, *[""] * len(now)], strict=False), 1):
        if number > 2 and line != other:
            span = Span(number, len(line) - len(line.lstrip()) + 1, number, len(line) + 1)
            return (Related(difference.path, span, "the first line that is not as compiled"),)
    return ()


def must_be_solved(difference: Difference) -> bool:
    """Whether a person must act before pipegen can write."""
    return difference.change in (Change.HAND_EDITED, Change.IN_THE_WAY)
