"""GitHub Actions: the workflows of a pipeline, and the script that they share."""

from __future__ import annotations

from importlib.resources import files

from pipegen.output import FileTree
from pipegen.pipeline import Pipeline
from pipegen.targets.github import publish, release, test
from pipegen.targets.github.printer import to_yaml
from pipegen.targets.github.steps import REPORT_SCRIPT


def emit(pipeline: Pipeline) -> FileTree:
    """The files below `.github` that carry out the pipeline."""
    script = files("pipegen.targets.github.scripts").joinpath("test-report.py").read_text(encoding="utf-8")
    workflows = {"test.yml": test.workflow(pipeline), **dict(publish.workflows(pipeline))}
    if pipeline.release:
        workflows["release.yml"] = release.workflow(pipeline, pipeline.release)
    return {
        **{f".github/workflows/{name}": to_yaml(workflow) for name, workflow in workflows.items()},
        REPORT_SCRIPT: script,
    }
