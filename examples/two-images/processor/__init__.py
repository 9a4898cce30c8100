"""Checks the files that the API took."""
