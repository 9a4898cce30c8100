"""`pipegen schema`: the JSON Schema of deploy.yaml."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from pipegen.commands import CLEAN
from pipegen.schema import schema_text


def run() -> int:
    """Print the schema."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON has no other encoding
    print(schema_text(), end="")
    return CLEAN
