"""What pipegen tells of a repository, as an editor shows it: at the manifest, and at compiled files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipegen.diagnostics import Diagnostic, Severity, visible
from pipegen.drift import diagnostic_of
from pipegen.lsp.workspace import Workspace
from pipegen.output import Change, Difference
from pipegen.rules.needless_waiver import NeedlessWaiver
from pipegen.rules.suppressing import UnusedSuppression
from pipegen.rules.writing import OrphanedOutput
from pipegen.seen import MANIFEST

LIMIT = 200
"""How many are told of one file. Nobody reads more, and a file can be made to have one for every few bytes."""
_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2}
_UNNECESSARY = 1
"""A tag of the protocol: shown faded, because it can go."""
_FADED = (NeedlessWaiver, OrphanedOutput, UnusedSuppression)


def of_manifest(workspace: Workspace, root: Path, diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """The diagnostics that stand in the manifest, errors first if there are too many."""
    ranked = sorted(diagnostics, key=lambda diagnostic: diagnostic.rule.severity is Severity.WARNING)
    return [shown(workspace, root, diagnostic) for diagnostic in ranked[:LIMIT]]


def shown(workspace: Workspace, root: Path, diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as the protocol has it."""
    text = workspace.text(root / diagnostic.file)
    related = [
        {"location": {"uri": workspace.uri(root / one.file), "range": other.range(one.span)}, "message": one.message}
        for one in diagnostic.related
        if (other := workspace.text(root / one.file))
    ]
    found: dict[str, Any] = {
        "range": text.range(diagnostic.span) if text else _TOP,
        "severity": _SEVERITIES[diagnostic.rule.severity],
        "code": diagnostic.rule.name,
        "source": f"pipegen {diagnostic.rule.code}",
        "message": _message(diagnostic),
    }
    return found | ({"relatedInformation": related} if related else {}) | _tags(diagnostic)


def of_drift(
    workspace: Workspace, root: Path, differences: Iterable[Difference]
) -> tuple[list[dict[str, Any]], dict[Path, list[dict[str, Any]]]]:
    """What is told of differences: at the top of the manifest, each kind once, and at each file that is there."""
    by_change: dict[Change, list[Difference]] = defaultdict(list)
    files: dict[Path, list[dict[str, Any]]] = {}
    for difference in differences:
        by_change[difference.change].append(difference)
        if difference.change is not Change.CREATE:
            files[root / difference.path] = [shown(workspace, root, diagnostic_of(difference))]
    return [_summed(workspace, root, alike) for alike in by_change.values()], files


def _summed(workspace: Workspace, root: Path, alike: list[Difference]) -> dict[str, Any]:
    """Differences of one kind as one diagnostic of the manifest, related to each file that can be opened."""
    told = [diagnostic_of(difference) for difference in alike]
    one = shown(workspace, root, told[0])
    paths = [visible(difference.path) for difference in alike]
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    related = [
        {"location": {"uri": workspace.uri(root / path), "range": _TOP}, "message": told[0].message}
        for path in paths
        if (root / path).is_file()
    ]
    text = workspace.text(root / MANIFEST)
    place = {"range": text.range(None) if text else _TOP, "message": f"{paths[0]}{more}: {one['message']}"}
    return {key: value for key, value in one.items() if key != "tags"} | place | {"relatedInformation": related}


_TOP = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}


def _message(diagnostic: Diagnostic) -> str:
    """The message, what to write instead, and what to do. A hint at the caret of a terminal has no caret here."""
    return "\n".join(_lines(diagnostic))


def _lines(diagnostic: Diagnostic) -> Iterator[str]:
    yield visible(diagnostic.message) + (f": {visible(diagnostic.label)}" if diagnostic.label else "")
    if diagnostic.remedy:
        yield f"help: {visible(diagnostic.remedy)}"


def _tags(diagnostic: Diagnostic) -> dict[str, Any]:
    return {"tags": [_UNNECESSARY]} if diagnostic.rule in _FADED else {}
