"""Where something stands in a manifest, as data."""

from __future__ import annotations

Route = tuple[str | int, ...]
"""Keys and indices from the root of the manifest to a value, such as ``("test", "suites", "unit")``."""
