"""Reading a workflow as data, in one way for all that ask questions about it: as YAML 1.1, by libyaml if there."""

from typing import Any

import yaml

YAML_1_1: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def workflow(text: str) -> dict[str, Any]:
    """The workflow's data, with the key `on` under that name: YAML 1.1 takes the bare word for a truth value."""
    data = yaml.load(text, YAML_1_1)
    if not isinstance(data, dict):
        raise TypeError("a workflow is a mapping")
    return {"on" if key is True else key: value for key, value in data.items()}
