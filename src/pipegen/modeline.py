"""The comment by which a manifest tells an editor where its schema is, and whether that is this pipegen's schema.

https://github.com/redhat-developer/yaml-language-server#using-inlined-schema: it stands above the first key.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pipegen import __version__
from pipegen.diagnostics import Diagnostic, Edit, Fix, Safety, Span, quoted
from pipegen.files import Files
from pipegen.frozen import Frozen
from pipegen.rules.writing import SchemaOfAnother

_MODELINE = re.compile(r"#\s+(?:yaml-language-server\s*:|\$schema:).*?\$schema(?:=|:[^\S\n]*)(\S+)")
# Of an address that is pinned to a version: …/v0.1.0/deploy.schema.json.
_VERSION = re.compile(r"(?<![0-9.])[0-9]+\.[0-9]+\.[0-9]+(?:\.dev[0-9]+)?(?![0-9.])")
_WRITER = re.compile(rb'"\$comment": "pipegen (\S{1,40}) [0-9a-f]{64}"')


class Modeline(Frozen):
    """The address of a schema, and where it stands in a manifest."""

    address: str
    span: Span

    @property
    def path(self) -> str | None:
        """The path of the schema in the repository, None where it is none."""
        path = posixpath.normpath(self.address)
        leads_out = "://" in self.address or path.startswith("/") or path.split("/")[0] == ".."
        return None if leads_out else path


def modeline(text: str) -> Modeline | None:
    """The modeline of a manifest, if it has one."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            return None
        if found := _MODELINE.match(line.rstrip("\r")):
            return Modeline(found[1], Span(number, found.start(1) + 1, number, found.end(1) + 1))
    return None


def diagnostics(file: str, text: str, files: Files) -> Iterator[Diagnostic]:
    """What is wrong with the address, or with the copy of the schema that stands there."""
    found = modeline(text)
    if found is None:
        return
    pinned = _VERSION.search(found.address)
    if pinned and pinned[0] != __version__:
        right = f"{found.address[: pinned.start()]}{__version__}{found.address[pinned.end() :]}"
        fix = Fix(f"write {quoted(right)}", Safety.SAFE, (Edit(found.span, right),))
        yield _diagnostic(file, found, f"editors read the schema of pipegen {pinned[0]}", f"write `{right}`", fix)
    elif found.path is not None and (problem := _of_copy(found.path, files)):
        remedy = f"run `pipegen schema --write {found.path}` and commit what it writes"
        safety = Safety.SAFE if files.holds_file(found.path) else Safety.MANUAL  # `lint --fix` makes no new file
        yield _diagnostic(file, found, problem, remedy, Fix(remedy, safety))


def is_of_another(path: str, files: Files) -> bool:
    """Whether the copy of the schema at a path was written by another pipegen."""
    written = _WRITER.search(files.beginning(path))
    return written is not None and written[1] != __version__.encode()


def _of_copy(path: str, files: Files) -> str:
    if not files.holds_file(path):
        return "editors find no schema there"
    return (
        f"editors read a schema that another pipegen wrote than this one, {__version__}"
        if is_of_another(path, files)
        else ""
    )


def _diagnostic(file: str, found: Modeline, message: str, remedy: str, fix: Fix) -> Diagnostic:
    return Diagnostic(SchemaOfAnother, file, found.span, message, remedy=remedy, fixes=(fix,))
