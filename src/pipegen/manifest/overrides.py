"""What an environment states otherwise, laid over what the repository states: the only merge in the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pipegen.frozen import fields, stated
from pipegen.manifest.section import Section

S = TypeVar("S", bound=Section)


def overridden(base: S, override: Section) -> S:
    """The settings of `base` with those that `override` really stated laid over them.

    `override` may be of another class; only the fields of `base`'s own class are merged. Sections and mappings merge
    by key, everything else replaces. Nothing is appended, nothing is unset.
    """
    both = stated(override).intersection(fields(base))
    return base.but(**{field: merged(getattr(base, field), getattr(override, field)) for field in both})


def merged(base: Any, override: Any) -> Any:
    """A value with what was stated otherwise laid over it: see `overridden`."""
    if isinstance(base, Section) and isinstance(override, Section) and not base.atomic:
        return overridden(base, override)
    if isinstance(base, Mapping) and isinstance(override, Mapping):
        return {**base, **{key: merged(base.get(key), value) for key, value in override.items()}}
    return override
