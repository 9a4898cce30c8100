"""Compiled files of which one byte was changed: a sample of `make damage`."""

from __future__ import annotations

import pytest

from pipegen.output import with_header
from proofs.damage import SETS, compiled, damaged


@pytest.mark.parametrize("example", SETS)
def test_no_changed_byte_goes_unseen(example: str) -> None:
    """Each byte of the header and of what comes first, and some of those that follow, in every file."""
    results = set[str]()
    for path, body in compiled(example).items():
        size = len(with_header(path, body).encode())
        results.update(damaged(path, body, [*range(0, min(size, 200), 7), *range(200, size, 997), size - 1]))
    assert results == {"HAND_EDITED", "IN_THE_WAY", "UPDATE"}
