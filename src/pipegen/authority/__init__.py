"""Who can publish where: read from compiled workflows and compiled Terraform alone, and compared with the pipeline.

`compiled` says for every environment and situation what stops a publication; where nothing does, it can happen.
`intended` says the same of a pipeline. `check` refuses compiled files of which the two differ, each layer by itself, so
that no mistake stays hidden behind what else would have stopped it.

What cannot be read is never taken to stop anything: a condition that is not understood holds, an event that is not
known starts a workflow always, and Terraform of an unknown form is an error. Nothing here is taken from the code that
wrote the files.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.authority.compiled import compiled
from pipegen.authority.intended import intended
from pipegen.authority.model import Authority, AuthorityError, Environment, Layer, Stopped
from pipegen.authority.table import as_json, as_text
from pipegen.frozen import fields
from pipegen.output import FileTree
from pipegen.pipeline import Pipeline

__all__ = ["AuthorityError", "as_json", "as_text", "check", "compiled", "intended"]


def check(pipeline: Pipeline, files: FileTree) -> None:
    """Raise AuthorityError unless the files allow what the pipeline says, no more and no less."""
    if found := "; ".join(_differences(intended(pipeline), compiled(files, pipeline.branch))):
        raise AuthorityError(found)


def _differences(wanted: Authority, found: Authority) -> Iterator[str]:
    for name in sorted(wanted.environments.keys() | found.environments.keys()):
        must, now = wanted.environments.get(name), found.environments.get(name)
        if must is None or now is None:
            yield f"{name} is not {'in the manifest' if must is None else 'compiled'}"
            continue
        for field in fields(Environment):
            if getattr(must, field) != getattr(now, field):
                said, read = getattr(must, field), getattr(now, field)
                yield f"{name}: {field} must be {said!r}, and is {read!r}"
    for key in sorted(wanted.cells.keys() | found.cells.keys()):
        if wanted.cells.get(key) != found.cells.get(key):
            workflow, name, situation = key
            said, read = _said(wanted.cells.get(key)), _said(found.cells.get(key))
            yield f"{workflow} to {name}, {situation.format(branch=wanted.branch)}: must be {said}, and is {read}"
    for wait in sorted(wanted.waits ^ found.waits):
        workflow, name, event, first = wait
        yield f"{workflow} to {name}, {event}: must {'' if wait in wanted.waits else 'not '}wait for {first}"


def _said(stopped: Stopped | None) -> str:
    if stopped is None:
        return "of no concern"
    return f"stopped by {', '.join(layer for layer in Layer if layer in stopped)}" if stopped else "possible"
