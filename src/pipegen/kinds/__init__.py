"""Manifest → `Pipeline`: one file for each kind of repository."""

from __future__ import annotations

from typing import assert_never

from pipegen.kinds import application, components, data_task, library
from pipegen.manifest.root import AnyManifest, Application, Components, DataTask, Library
from pipegen.pipeline import Pipeline


def lower(manifest: AnyManifest) -> Pipeline:
    """What the manifest means. Total: whatever is unwise or contradictory is left to the rules."""
    match manifest:
        case Application():
            return application.lower(manifest)
        case DataTask():
            return data_task.lower(manifest)
        case Library():
            return library.lower(manifest)
        case Components():
            return components.lower(manifest)
        case _:
            assert_never(manifest)
