"""Manifest → `Pipeline`: one file for each kind of repository."""

from __future__ import annotations

from typing import assert_never

from pipegen.kinds import application, components, data_task, library
from pipegen.manifest.root import AnyManifest, Application, Components, DataTask, Library
from pipegen.pipeline import Pipeline
from pipegen.repository import Repository


def lower(manifest: AnyManifest, repository: Repository) -> Pipeline:
    """What the manifest means. Total: whatever is unwise or contradictory is left to the rules."""
    match manifest:
        case Application():
            return application.lower(manifest, repository)
        case DataTask():
            return data_task.lower(manifest, repository)
        case Library():
            return library.lower(manifest, repository)
        case Components():
            return components.lower(manifest, repository)
        case _:
            assert_never(manifest)
