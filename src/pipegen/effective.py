"""What a setting is in each environment, and who says so: the environment, the repository, or the language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipegen.frozen import Frozen, stated
from pipegen.manifest.environment import DEFAULT_PUBLISH, ComponentOverride, Environment, SharedEnvironment
from pipegen.manifest.overrides import merged
from pipegen.manifest.root import AnyManifest, Application, Components, DataTask
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import keys
from pipegen.route import Route


class Effective(Frozen):
    """What a setting is in one environment. `origin` is the route at which that is stated, None for a default."""

    environment: str
    value: Any
    origin: Route | None


def effective(manifest: AnyManifest, route: Route) -> tuple[Effective, ...]:
    """What a setting is in each environment, by its route anywhere; nothing for what no environment can differ in."""
    if not isinstance(manifest, Application | DataTask | Components):
        return ()
    component, path = _setting(route)
    if path[:1] not in _differing(manifest, component):
        return ()
    above: Route = ("components", component) if component else ()
    found = []
    for name, environment in sorted(manifest.environments.items()):
        override = _override(environment, component)
        base = manifest.components[component] if component and isinstance(manifest, Components) else manifest
        stated_here = _inside(override, path[:1]) if _states(override, path[:1]) else None
        value = _inside(_laid(_inside(base, path[:1]), stated_here), path[1:])
        origin: Route | None = None
        if _states(override, path):
            origin = ("environments", name, *above, *path)
        elif _states(base, path):
            origin = (*above, *path)
        if path == ("publish",) and value is None:
            value = DEFAULT_PUBLISH.get(name)
        found.append(Effective(name, value, origin))
    return tuple(found)


def _setting(route: Route) -> tuple[str, Route]:
    """The component, if any, and the path of a setting below it, which ends before the first item of a list."""
    inside = route[2:] if route[:1] == ("environments",) else route
    component = ""
    if inside[:1] == ("components",):
        component, inside = str(inside[1]) if len(inside) > 1 else "", inside[2:]
    numbered = [index for index, step in enumerate(inside) if isinstance(step, int)]
    return component, inside[: numbered[0]] if numbered else inside


def _differing(manifest: Application | DataTask | Components, component: str) -> set[Route]:
    """The keys that an environment may state otherwise, of the repository or of one of its components."""
    if component:
        known = isinstance(manifest, Components) and component in manifest.components
        return {(key,) for key in keys(ComponentOverride)} if known else set()
    environment = next(iter(manifest.environments.values()), None)
    stated_there = set(keys(type(environment))) if environment else set()
    return {(key,) for key in stated_there - {"account", "after", "approval", "components"}}


def _override(environment: Environment, component: str) -> Section:
    if component and isinstance(environment, SharedEnvironment):
        return environment.components.get(component, ComponentOverride())
    return environment


def _laid(base: Any, override: Any) -> Any:
    """What an environment states, if it does, laid over what the repository does."""
    if isinstance(base, tuple) and len(base) == 1 and isinstance(override, Section):
        (base,) = base
    return base if override is None else merged(base, override)


def _inside(value: Any, path: Route) -> Any:
    """What is at a path of keys in a section: as stated, or else by default."""
    for step in path:
        match value:
            case Section() if known := keys(type(value)).get(str(step)):
                value = getattr(value, known.field)
            case Mapping():
                value = value.get(step)
            case (Section() as only,) if known := keys(type(only)).get(str(step)):
                value = getattr(only, known.field)
            case _:
                return None
    return value


def _states(value: Any, path: Route) -> bool:
    """Whether a section states what is at a path. One that is replaced whole states everything in it."""
    for step in path:
        if isinstance(value, tuple) and len(value) == 1:
            (value,) = value
        if isinstance(value, Mapping):
            if step not in value:
                return False
            value = value[step]
        elif isinstance(value, Section) and not value.atomic:
            known = keys(type(value)).get(str(step))
            if known is None or known.field not in stated(value):
                return False
            value = getattr(value, known.field)
    return value is not None
