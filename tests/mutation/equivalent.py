"""Mutants that mean the same as the module does, by module, function and mistake, and why."""

EQUIVALENT: dict[str, dict[tuple[str, str], str]] = {
    "output.folders": {("_NO_LINK", "0 → 1"): "what stands for a flag that this system knows is never used"},
    "output.lock": {("_lock", "Gt → GtE"): "no clock shows the very nanosecond"},
}
