"""The answers to what an editor asks of a place."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, ClassVar

from pipegen.diagnostics import Place, dotted
from pipegen.document import Document
from pipegen.files import WorkTree
from pipegen.lsp.actions import KINDS, actions, is_of
from pipegen.lsp.checking import Check
from pipegen.lsp.completion import completions
from pipegen.lsp.hover import hover
from pipegen.lsp.loop import Handler
from pipegen.lsp.navigation import Origins, origins, stated_at
from pipegen.lsp.params import Position, position, text, texts, whole
from pipegen.lsp.places import holds, place_at
from pipegen.lsp.workspace import Workspace, path_of, root_of
from pipegen.provenance import Decided
from pipegen.rules.registry import page
from pipegen.seen import MANIFEST

Answer = Generator[None, None, Any]


class Answers:
    """Answers about open files; `checked` gives what was found of the manifest at a root as it is now."""

    CAPABILITIES: ClassVar[dict[str, Any]] = {
        "codeActionProvider": {"codeActionKinds": KINDS},
        "definitionProvider": True,
        "referencesProvider": True,
        "hoverProvider": True,
        "completionProvider": {"triggerCharacters": ["/"]},
    }

    def __init__(self, workspace: Workspace, checked: Callable[[Path], Check]) -> None:
        self.workspace = workspace
        self.checked = checked
        self.origins: dict[Path, Origins] = {}
        self.handlers: dict[str, Handler] = {
            "textDocument/codeAction": self.code_action,
            "textDocument/definition": self.definition,
            "textDocument/references": self.references,
            "textDocument/hover": self.hover,
            "textDocument/completion": self.completion,
        }

    def code_action(self, message: Any) -> Any:
        """What can be done on some lines."""
        path, root = _file(message)
        if path is None or root is None:
            return []
        lines = range(whole(message, "range", "start", "line"), whole(message, "range", "end", "line") + 1)
        only = texts(message, "context", "only")
        return [one for one in actions(self.workspace, path, root, lines, self.checked(root)) if is_of(one, only)]

    def definition(self, message: Any) -> Answer:
        """The compiled lines that a key decides; of a compiled line, the key that decides it and the fewest others."""
        found = yield from self._places(message)
        return [place for place, decided in found if decided is None or decided.lines == (found[0][1] or decided).lines]

    def references(self, message: Any) -> Answer:
        """The compiled lines that a key decides; of a compiled line, every key that decides it."""
        found = yield from self._places(message)
        return [place for place, _ in found]

    def hover(self, message: Any) -> Answer:
        """What a key says and is, and the page of what is wrong there; of a compiled line, the keys that decide it."""
        path, root = _file(message)
        if path is None or root is None:
            return None
        point = position(message, "position")
        told: str | None = None
        if path != root / MANIFEST:
            deciding = yield from self._deciding(path, root, point)
            names = dict.fromkeys(dotted(one.route) for one in deciding)
            told = f"Decided by {', '.join(names)} of {MANIFEST}." if names else None
        else:
            told = "\n\n---\n\n".join(dict.fromkeys(self._told(root, point)))
        return {"contents": {"kind": "markdown", "value": told}} if told else None

    def completion(self, message: Any) -> Any:
        """What may be written at a place of the manifest that no schema knows."""
        path, root = _file(message)
        held = self.workspace.text(path) if path and root and path == root / MANIFEST else None
        return completions(held, position(message, "position"), WorkTree(root)) if held and root else []

    def _places(self, message: Any) -> Generator[None, None, list[tuple[dict[str, Any], Decided | None]]]:
        path, root = _file(message)
        if path is None or root is None:
            return []
        point = position(message, "position")
        if path == root / MANIFEST:
            origins = self._origins(root)
            place = self._place(root, origins.document, point)
            lines = (yield from origins.decided_by(self.workspace, root, place)) if place else []
            return [(line, None) for line in lines]
        deciding = yield from self._deciding(path, root, point)
        by_route = {one.route: one for one in reversed(deciding)}
        ranked = sorted(by_route.values(), key=lambda one: one.lines)
        return [(stated_at(self.workspace, root, self.origins[root].document, one.route), one) for one in ranked]

    def _deciding(self, path: Path, root: Path, point: Position) -> Generator[None, None, list[Decided]]:
        """What decides a line of a file; nothing where that is no compiled one, or none can be compiled."""
        compilation = self.checked(root).compilation
        relative = path.relative_to(root).as_posix()
        if compilation is None or relative not in (compilation.files or {}):
            return []
        return (yield from self._origins(root).deciding(self.workspace, root, relative, point.line + 1))

    def _origins(self, root: Path) -> Origins:
        """Where what compiles comes from, worked out once for each version of the manifest."""
        found = self.checked(root)
        if root not in self.origins or self.origins[root].data != found.data:
            self.origins[root] = origins(found)
        return self.origins[root]

    def _told(self, root: Path, point: Position) -> Iterator[str]:
        """What a key says, and the page of each rule that finds something there."""
        compilation, held = self.checked(root).compilation, self.workspace.text(root / MANIFEST)
        if compilation is None or held is None:
            return
        place = self._place(root, compilation.document, point) if compilation.document else None
        if place and (told := hover(compilation, place.route)):
            yield told
        for diagnostic in compilation.diagnostics:
            if diagnostic.span and holds(diagnostic.span, held.point(point.line, point.character)):
                yield page(diagnostic.rule)

    def _place(self, root: Path, document: Document, point: Position) -> Place | None:
        held = self.workspace.text(root / MANIFEST)
        return place_at(document, *held.point(point.line, point.character)) if held else None


def _file(message: Any) -> tuple[Path | None, Path | None]:
    """The file that a message is about, and the root of its repository."""
    path = path_of(text(message, "textDocument", "uri"))
    return path, root_of(path) if path else None
