"""Which known words somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

_PLAINLY = 0.75
"""The likeness from which on another first letter does not matter: it is seldom the one that is wrong."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> list[str]:
    """The known words that are closest to a word, three at most, the best first; at a `likeness` of 1 only itself."""
    from difflib import get_close_matches  # only a manifest with a mistake pays for it

    word, known = word.lower().replace("_", "-"), list(known)
    close, plainly = (
        get_close_matches(word, known, n=len(known) or 1, cutoff=cutoff)
        for cutoff in (likeness, max(likeness, _PLAINLY))
    )
    return [one for one in close if one in plainly or one[:1] == word[:1]][:3]
