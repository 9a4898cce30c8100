"""How long AWS's times take here."""

_FASTER = 120


def scaled(seconds: float) -> float:
    """The seconds here for those of AWS."""
    return seconds / _FASTER
