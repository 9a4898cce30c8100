"""Mutants that mean the same as the module does, by module, function and mistake, and why."""

EQUIVALENT: dict[str, dict[tuple[str, str], str]] = {}
