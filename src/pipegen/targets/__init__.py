"""`Pipeline` → files: one package for each platform that a pipeline is compiled to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipegen.pipeline import Pipeline
from pipegen.targets import aws, github
from pipegen.targets.rendered import Rendered

TARGETS: Mapping[str, Callable[[Pipeline], Mapping[str, Rendered]]] = {"aws": aws.emit, "github": github.emit}
"""What emits the files of each target."""


def emitted(pipeline: Pipeline) -> dict[str, Rendered]:
    """The files of every target, by path."""
    return {path: file for emit in TARGETS.values() for path, file in emit(pipeline).items()}
