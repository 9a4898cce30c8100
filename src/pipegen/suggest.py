"""Which known words somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that are closest to a word, three at most, the best first."""
    from difflib import get_close_matches  # only a manifest with a mistake pays for it

    return get_close_matches(word.lower().replace("_", "-"), list(known), n=3, cutoff=0.6)
