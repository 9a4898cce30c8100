"""GitHub Actions: the workflows of a pipeline, and the script that they share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipegen import workflow_text
from pipegen.pipeline import Pipeline
from pipegen.targets.github import publish, readback, release, test
from pipegen.targets.github.printer import to_yaml
from pipegen.targets.github.steps import REPORT_SCRIPT
from pipegen.targets.github.workflow import Workflow
from pipegen.targets.rendered import Rendered, copied


def emit(pipeline: Pipeline) -> Mapping[str, Rendered]:
    """The files below `.github` that carry out the pipeline."""
    workflows = {"test.yml": test.workflow(pipeline), **dict(publish.workflows(pipeline))}
    if pipeline.release:
        workflows["release.yml"] = release.workflow(pipeline, pipeline.release)
    return {
        **{f".github/workflows/{name}": _rendered(workflow) for name, workflow in workflows.items()},
        REPORT_SCRIPT: copied(_script()),
    }


@cache
def _script() -> str:
    return (Path(__file__).parent / "scripts/test-report.py").read_text(encoding="utf-8")


def _rendered(workflow: Workflow) -> Rendered:
    return Rendered(to_yaml(workflow), readback.meant(workflow), workflow_text.read)
