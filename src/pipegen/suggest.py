"""Which known words somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> list[str]:
    """The known words that are closest to a word, three at most, the best first; at a `likeness` of 1 only itself."""
    from difflib import get_close_matches  # only a manifest with a mistake pays for it

    return get_close_matches(word.lower().replace("_", "-"), list(known), n=3, cutoff=likeness)
