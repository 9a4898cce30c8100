"""Which unquoted scalars a YAML reader takes for something else than text.

The union of YAML 1.1 (https://yaml.org/type/) and the core schema of YAML 1.2
(https://yaml.org/spec/1.2.2/#103-core-schema), wider than any one reader: the manifest's reader asks for quotes
there, and the printer of compiled files writes them.
"""

from __future__ import annotations

import re

_TYPED = re.compile(
    r"|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|y|Y|n|N|=|<<"
    r"|[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?0x[0-9a-fA-F_]+"
    r"|([0-9]|[-+][0-9_])[0-9_]*(:[0-9_]+)*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9_]+([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]\s*[0-9:.]+\s*(Z|[-+][0-9:]+)?)?"
)


def reads_as_other_than_text(text: str) -> bool:
    """Whether some reader of YAML 1.1 or 1.2 gives the unquoted text another type than string."""
    return _TYPED.fullmatch(text) is not None
