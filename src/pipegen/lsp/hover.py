"""What is shown over a key: what it says, what it is in each environment, and who says so."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from pipegen.compiler import Compilation
from pipegen.diagnostics import Place, dotted, visible
from pipegen.document import Document
from pipegen.effective import Effective, effective
from pipegen.frozen import stated
from pipegen.manifest.documentation import documentation
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import ListOf, MapOf, Record, Shape, keys
from pipegen.route import Route

_LONGEST = 60
"""How many characters of a value are shown."""


def hover(compilation: Compilation, route: Route) -> str | None:
    """What is shown of the key at a route, as Markdown; None where there is none that the language knows."""
    document, validation = compilation.document, compilation.validation
    manifest = validation.manifest if validation else None
    if document is None or validation is None or manifest is None or (told := _told(type(manifest), route)) is None:
        return None
    lines = [f"**{dotted(route)}**", "", told]
    # Where a value cannot be used, an example stands in its place, which nobody has stated.
    if rows := () if validation.replaced else effective(manifest, route):
        lines += ["", "| environment | value | stated |", "| --- | --- | --- |"]
        lines += [f"| {row.environment} | {_value(row.value)} | {_origin(document, row)} |" for row in rows]
    return "\n".join(lines)


def _told(model: type[Section], route: Route) -> str | None:
    """What the language says of the last key of a route, or of what a name that the user chose stands for."""
    shape: Shape = Record(model)
    told: str | None = None
    for step in route:
        while isinstance(shape, ListOf):
            shape = shape.item
            if isinstance(step, int):
                break
        if isinstance(step, int):
            continue
        if isinstance(shape, MapOf):
            shape = shape.value
            described = (
                inspect.cleandoc(shape.model.__doc__ or "").partition("\n")[0] if isinstance(shape, Record) else ""
            )
            told = described or told
        elif isinstance(shape, Record) and (known := keys(shape.model).get(step)):
            told, shape = documentation(shape.model)[step], known.shape
        else:
            return None
    return told


def _origin(document: Document, row: Effective) -> str:
    """Who states a value: the line of the manifest, or the default."""
    if row.origin is None:
        return "by default"
    line = document.span(Place(row.origin, key=True)).line
    return f"for this environment, line {line}" if row.origin[0] == "environments" else f"for all, line {line}"


def _value(value: Any) -> str:
    """A value as it would be written in one line, as Markdown that no value can leave."""
    if value is None:
        return "none"
    shown = visible(_written(value))
    cut = f"{shown[:_LONGEST]}…" if len(shown) > _LONGEST else shown
    return "`{}`".format(cut.replace("`", "'").replace("|", "¦"))


def _written(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case tuple():
            return f"[{', '.join(map(_written, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{key}: {_written(one)}' for key, one in value.items())}}}"
        case Section():
            return _written(dict(_stated(value)))
        case _:
            return str(value)


def _stated(section: Section) -> Iterator[tuple[str, Any]]:
    for key, known in keys(type(section)).items():
        if known.field in stated(section):
            yield key, getattr(section, known.field)
