"""The configuration of the environment that the DAGs were published to."""

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).parents[1] / "config.json"


def load(path: Path = PATH) -> dict[str, Any]:
    """What `make dags/config.json` wrote."""
    config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return config
