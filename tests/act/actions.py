"""The stand-ins for actions, and what can be checked of a workflow's use of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

STANDINS = Path(__file__).parent / "standins"
# Those of others than GitHub itself.
_FOREIGN = ("aws-actions/configure-aws-credentials", "pypa/gh-action-pypi-publish")


def replacements(workflow: Mapping[str, Any]) -> list[str]:
    """act's options that put a stand-in in the place of every action used.

    Raises ValueError for an action without a stand-in, which act would fetch, and for an input that the action does not
    have or that it demands: act checks neither.
    """
    options = {}
    for place, step in _uses(workflow):
        name, _, commit = step["uses"].partition("@")
        folder = STANDINS / name.partition("/")[2]
        if not (name.startswith("actions/") or name in _FOREIGN) or not folder.is_dir():
            raise ValueError(f"{place}: there is no stand-in for {name}")
        _check_inputs(place, yaml.safe_load((folder / "action.yml").read_text()), step.get("with", {}))
        options[f"{name}@{commit}"] = f"--local-repository={name}@{commit}={folder}"
    return list(options.values())


def _uses(workflow: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, job in workflow["jobs"].items():
        for step in job["steps"]:
            if "uses" in step:
                yield f"{name}, {step.get('name', step['uses'])}", step


def _check_inputs(place: str, action: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    declared = action["inputs"]
    if unknown := given.keys() - declared.keys():
        raise ValueError(f"{place}: {action['name']} has no inputs {sorted(unknown)}")
    demanded = {name for name, setting in declared.items() if setting.get("required")}
    if missing := demanded - given.keys():
        raise ValueError(f"{place}: {action['name']} demands the inputs {sorted(missing)}")
