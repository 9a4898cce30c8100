"""The mark of a compiled file: `# pipegen` and the SHA-256 of its path and body, in 64 hexadecimal digits."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

# Both lines are short enough for the linters of whoever commits them.
_NOTICE = "# Written by `pipegen compile` from deploy.yaml. Do not edit: change that."
# What makes a file pipegen's own, in every version of pipegen: the notice may change, the second line may not.
_MARK = re.compile(r"#[^\n]*\n# pipegen ([0-9a-f]{64})\n(.*)", re.DOTALL)


@lru_cache(maxsize=200)
def with_header(path: str, body: str) -> str:
    """The text of a compiled file: a mark of ownership, and a digest that tells a hand edit from an old compile."""
    return f"{_NOTICE}\n# pipegen {_sha256(path, body)}\n{body}"


def is_marked(text: str) -> bool:
    """Whether a text has a mark, right or wrong."""
    return _MARK.fullmatch(text) is not None


def is_as_written(path: str, text: str) -> bool:
    """Whether a text has the mark that is right for it at this path."""
    marked = _MARK.fullmatch(text)
    return marked is not None and marked[1] == _sha256(path, marked[2])


def _sha256(path: str, body: str) -> str:
    return hashlib.sha256(f"{path}\0{body}".encode()).hexdigest()
