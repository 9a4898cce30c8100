"""Search planning applications by address."""
