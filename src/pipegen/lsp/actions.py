"""What an editor offers to do: the fixes of diagnostics, those that are safe all at once, and compiling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipegen.diagnostics import Diagnostic, Fix, Safety
from pipegen.lsp.checking import Check
from pipegen.lsp.findings import shown
from pipegen.lsp.text import Held
from pipegen.lsp.workspace import Workspace
from pipegen.mend import apart
from pipegen.seen import MANIFEST

COMPILE = "pipegen.compile"
"""The command that compiles a repository; its argument is the address of a manifest."""
QUICK_FIX, FIX_ALL = "quickfix", "source.fixAll.pipegen"
KINDS = (QUICK_FIX, FIX_ALL)
"""The kinds of actions, as the protocol names them."""


def actions(workspace: Workspace, path: Path, root: Path, lines: range, found: Check) -> list[dict[str, Any]]:
    """What can be done at some lines of a file, counted from 0."""
    offered = [*_fixes(workspace, root, lines, found)] if path == root / MANIFEST else []
    if found.drift:
        command = {"title": "Compile", "command": COMPILE, "arguments": [workspace.uri(root / MANIFEST)]}
        offered.append({"title": "Compile deploy.yaml", "kind": QUICK_FIX, "command": command})
    return offered


def is_of(action: dict[str, Any], only: list[str] | None) -> bool:
    """Whether an action is of one of the kinds that are asked for; a kind holds those that begin with it and a dot."""
    return only is None or any(f"{action['kind']}.".startswith(f"{kind}.") for kind in only)


def _fixes(workspace: Workspace, root: Path, lines: range, found: Check) -> Iterator[dict[str, Any]]:
    text = workspace.text(root / MANIFEST)
    if text is None or found.compilation is None:
        return
    uri = workspace.uri(root / MANIFEST)
    safe = []
    for diagnostic in found.compilation.diagnostics:
        safe += [fix for fix in diagnostic.fixes[:1] if fix.safety is Safety.SAFE and fix.edits]
        for fix in diagnostic.fixes:
            if fix.edits and _touches(text, diagnostic, lines):
                told = {"diagnostics": [shown(workspace, root, diagnostic)]}
                yield _action(text, uri, fix.title, QUICK_FIX, [fix]) | told | _preferred(fix)
    if safe:
        yield _action(text, uri, "make every safe fix", FIX_ALL, apart(safe))


def _action(text: Held, uri: str, title: str, kind: str, fixes: list[Fix]) -> dict[str, Any]:
    edits = [{"range": text.range(edit.span), "newText": edit.text} for fix in fixes for edit in fix.edits]
    return {"title": title[0].upper() + title[1:], "kind": kind, "edit": {"changes": {uri: edits}}}


def _preferred(fix: Fix) -> dict[str, Any]:
    return {"isPreferred": True} if fix.safety is Safety.SAFE else {}


def _touches(text: Held, diagnostic: Diagnostic, lines: range) -> bool:
    span = text.range(diagnostic.span)
    return bool(span["start"]["line"] < lines.stop and lines.start <= span["end"]["line"])
