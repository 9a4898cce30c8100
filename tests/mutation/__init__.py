"""Mutants of the modules that trust rests on, and whether the tests kill them."""
