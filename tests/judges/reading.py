"""Reading a workflow as data, in one way for all that ask questions about it."""

from typing import Any

import yaml


def workflow(text: str) -> dict[str, Any]:
    """The workflow's data, with the key `on` under that name: YAML 1.1 takes the bare word for a truth value."""
    data = yaml.safe_load(text)
    if not isinstance(data, dict):
        raise TypeError("a workflow is a mapping")
    return {"on" if key is True else key: value for key, value in data.items()}
