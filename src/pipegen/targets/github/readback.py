"""What a workflow means, as plain data: what is to be read from its text."""

from __future__ import annotations

from functools import cache
from typing import Any

from pipegen.frozen import Frozen, fields
from pipegen.targets.github.workflow import Job, Noted, Workflow
from pipegen.targets.rendered import Plain

_SCALARS = (str, int, bool, type(None))


def meant(workflow: Workflow) -> Plain:
    """The content and the comments of a workflow, in their order."""
    comments: list[str] = []
    content = _plain(workflow, comments)
    return {"comments": comments, "content": content}


def _plain(value: Any, comments: list[str]) -> Plain:
    if type(value) in _SCALARS:
        return value
    if isinstance(value, Noted):
        comments.append(value.note)
        return value.value
    if isinstance(value, tuple):
        return [_plain(item, comments) for item in value]
    if not isinstance(value, Frozen):
        return {key: _plain(item, comments) for key, item in value.items()}
    if isinstance(value, Job) and value.comment:
        comments += value.comment.splitlines()
    content = ((key, getattr(value, name)) for key, name in _keys(fields(value)))
    return {key: _plain(item, comments) for key, item in content if item is not None}


@cache
def _keys(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The key of each field of a part of a workflow, and its name. The printer is not asked, which this proves."""
    return [(name.removesuffix("_").replace("_", "-"), name) for name in names if name != "comment"]
