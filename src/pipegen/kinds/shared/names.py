"""Names in AWS: placeholders filled in, and long names shortened so that they stay unique."""

from __future__ import annotations

import hashlib
import re

from pipegen.frozen import Frozen


class Filling(Frozen):
    """What the placeholders of a name stand for, in one environment of one component."""

    environment: str
    name: str
    account: str
    region: str

    def filled(self, template: str) -> str:
        """The template with ``<environment>``, ``<name>``, ``<account>`` and ``<region>`` filled in."""
        return re.sub("<([a-z]+)>", lambda placeholder: str(getattr(self, placeholder[1])), template)


def shortened(name: str, limit: int) -> str:
    """The name, or where it is longer than AWS allows its beginning and eight hexadecimal digits of its hash."""
    if len(name) <= limit:
        return name
    return f"{name[: limit - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
