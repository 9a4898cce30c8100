"""AWS: a Terraform root for each environment, and the modules that they call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pipegen.pipeline import Pipeline
from pipegen.targets.aws import readback
from pipegen.targets.aws.hcl import Block, to_hcl
from pipegen.targets.aws.roots import roots
from pipegen.targets.rendered import Rendered, copied

_SOURCE = re.compile(r'source\s*=\s*"\.\./([a-z-]+)"')


def emit(pipeline: Pipeline) -> Mapping[str, Rendered]:
    """The files below `deploy`. A blank line sets each apart from the header, which is a comment as well."""
    found = dict(roots(pipeline))
    tree = {
        f"deploy/{environment}/{file}": _rendered(blocks)
        for environment, root in found.items()
        for file, blocks in root.files.items()
    }
    for module in _with_their_own(name for root in found.values() for name in root.modules):
        tree |= _module(module)
    return tree


def _rendered(blocks: tuple[Block, ...]) -> Rendered:
    return Rendered(f"\n{to_hcl(blocks)}", readback.meant(blocks), readback.read)


def _with_their_own(modules: Iterable[str]) -> list[str]:
    """The modules, and those that they call."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += _called(module)
    return sorted(found)


@cache
def _called(module: str) -> list[str]:
    """The modules that a module calls."""
    return [name for file in _module(module).values() for name in _SOURCE.findall(file.text)]


@cache
def _module(name: str) -> dict[str, Rendered]:
    """The files of a module that is shipped with pipegen, by path."""
    folder = Path(__file__).parent / "modules" / name
    found = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.suffix == ".tf"}
    return {f"deploy/modules/{name}/{file}": copied(f"\n{text}") for file, text in sorted(found.items())}
