"""Differences between a repository and what its manifest compiles to, as diagnostics."""

from __future__ import annotations

from pipegen.diagnostics import Diagnostic, Rule
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
        "this stands where pipegen would write, and pipegen did not write it",
        "rename it, or remove it with `git rm`; then run `pipegen compile`",
    ),
}


def diagnostic_of(difference: Difference) -> Diagnostic:
    """The diagnostic of a difference. A hand edit is shown, because whoever made it must carry it over."""
    rule, message, remedy = _TOLD[difference.change]
    detail = difference.diff() if difference.change is Change.HAND_EDITED else ""
    return Diagnostic(rule, difference.path, None, message, remedy=remedy, detail=detail)


def must_be_solved(difference: Difference) -> bool:
    """Whether a person must act before pipegen can write."""
    return difference.change in (Change.HAND_EDITED, Change.IN_THE_WAY)
