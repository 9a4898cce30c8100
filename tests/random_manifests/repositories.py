"""Random manifests as a whole, of every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipegen.manifest.environment import DEFAULT_PUBLISH, Environment
from pipegen.manifest.filesets import FilesOverride
from pipegen.manifest.functions import Lambda
from pipegen.manifest.root import Application, Component, Components, DataTask, Library
from pipegen.manifest.section import Section
from pipegen.manifest.service import Service
from pipegen.manifest.shapes import keys
from pipegen.manifest.task import Task

from .values import Data, Values

_PARTS = ("image", "service", "task", "lambda", "files")
_WORDS = ("api", "web", "worker", "nightly", "reports", "tiles")
_ENVIRONMENTS = ("development", "staging", "production", "qa", "pre-production", "live-2")


def application(values: Values) -> Data:
    """A manifest of kind `application`."""
    stated = values.section(Application, without=("environments", *_PARTS))
    stated |= {"kind": "application", "name": _name(values), **_parts(values, "application")}
    return _with_environments(values, stated, {"": stated})


def data_task(values: Values) -> Data:
    """A manifest of kind `data-task`."""
    stated = values.section(DataTask, without=("environments", *_PARTS))
    stated |= {"kind": "data-task", "name": _name(values), **_parts(values, "data-task")}
    return _with_environments(values, stated, {"": stated})


def library(values: Values) -> Data:
    """A manifest of kind `library`."""
    return {**values.section(Library), "kind": "library"}


def components(values: Values) -> Data:
    """A manifest with `components`."""
    stated = values.section(Components, without=("environments", "components"))
    words = values.random.sample(_WORDS, values.random.randint(1, 4))
    stated["components"] = {f"{word}{values.random.choice(('', '-v2'))}": _component(values) for word in words}
    if "test" not in stated and any("test" not in component for component in stated["components"].values()):
        stated["test"] = values.value(keys(Components)["test"].shape)
    return _with_environments(values, stated, stated["components"])


KINDS: tuple[Callable[[Values], Data], ...] = (application, data_task, library, components)
"""What makes a manifest of each kind."""


def _name(values: Values) -> str:
    return values.unique(values.random.choice(("submit", "data-val-fe-", "a-rather-long-name-of-one")))


def _component(values: Values) -> Data:
    kind = values.random.choice(("application", "data-task"))
    stated = values.section(Component, without=_PARTS)
    return {**stated, "kind": kind, "name": _name(values), **_parts(values, kind)}


def _parts(values: Values, kind: str) -> Data:
    """What is published, and how AWS runs it."""
    if kind == "application":
        runs = {"service": values.section(Service)} if values.sometimes(0.8) else {}
        return {**(_image(values, runs) if runs or values.sometimes() else {}), **runs}
    way = values.random.choice(("task", "image", "functions", "packages", "files"))
    found: Data = {}
    if way == "task":
        found["task"] = values.section(Task)
    if way in ("functions", "packages"):
        found["lambda"] = {way: values.value(keys(Lambda)[way].shape) or _stand_in(values, way)}
    if way in ("task", "image", "functions"):
        found |= _image(values, found)
    if way == "files" or values.sometimes(0.3):
        found["files"] = values.value(keys(DataTask)["files"].shape)
    return found


def _stand_in(values: Values, way: str) -> Any:
    name = f"<environment>-{values.unique('function-')}"
    return name if way == "functions" else {"only": {"source": ".", "runtime": "python3.12", "functions": name}}


def _image(values: Values, runs: Data) -> Data:
    stated = values.value(keys(DataTask)["image"].shape)
    stated.setdefault("dockerfile", "Dockerfile")
    values.files.add(stated["dockerfile"])
    if runs:
        stated.pop("registry", None)
    return {"image": stated}


def _with_environments(values: Values, stated: Data, parts: dict[str, Data]) -> Data:
    names = values.random.sample(_ENVIRONMENTS, values.random.randint(1, 4))
    stated["environments"] = {}
    account = str(values.random.randint(10**11, 10**12 - 5))
    on_merge: list[str] = []
    for number, name in enumerate(names):
        one = values.section(Environment, without=("after",))
        one["account"] = account if values.one_account else str(int(account) + number)
        if name not in DEFAULT_PUBLISH:
            one.setdefault("publish", "manual")
        if one.get("publish", DEFAULT_PUBLISH.get(name)) == "on-merge":
            if on_merge and values.sometimes():
                one["after"] = values.random.choice(on_merge)
            on_merge.append(name)
        overrides = {id: _override(values, part) for id, part in parts.items()}
        one |= overrides.get("", {"components": overrides})
        stated["environments"][name] = one
    return stated


def _override(values: Values, part: Data) -> Data:
    """What an environment states otherwise of what a component states."""
    found: Data = {}
    sections: dict[str, type[Section]] = {"service": Service, "task": Task}
    for key, model in sections.items():
        if key in part and values.sometimes(0.3):
            found[key] = values.section(model)
    packages = part.get("lambda", {}).get("packages", {})
    if packages and values.sometimes(0.3):
        id = values.random.choice(list(packages))
        found["lambda"] = {"packages": {id: {"functions": f"<environment>-{values.unique('function-')}"}}}
    files = part.get("files")
    if files and (isinstance(files, dict) or len(files) == 1) and values.sometimes(0.3):
        found["files"] = values.section(FilesOverride)
    return found
