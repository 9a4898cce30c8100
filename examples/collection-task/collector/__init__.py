"""Collect what planning authorities publish."""
