"""The actions that compiled workflows use, each pinned to the commit of a release.

Every row was checked against the action's repository: the commit is the tag's, it is on the default branch, and
the release was older than a week.
"""

from __future__ import annotations

from pipegen.targets.github.workflow import Noted


def _pinned(name: str, tag: str, commit: str) -> Noted:
    return Noted(f"{name}@{commit}", tag)


CHECKOUT = _pinned("actions/checkout", "v7.0.1", "3d3c42e5aac5ba805825da76410c181273ba90b1")
SETUP_PYTHON = _pinned("actions/setup-python", "v7.0.0", "5fda3b95a4ea91299a34e894583c3862153e4b97")
SETUP_NODE = _pinned("actions/setup-node", "v7.0.0", "820762786026740c76f36085b0efc47a31fe5020")
UPLOAD_ARTIFACT = _pinned("actions/upload-artifact", "v7.0.0", "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f")
