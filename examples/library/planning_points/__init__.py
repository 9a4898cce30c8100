"""Normalise the points, dates and references of planning data."""

from .database import save
from .rows import normalise
from .values import normalise_date, normalise_point, normalise_reference

__all__ = ["normalise", "normalise_date", "normalise_point", "normalise_reference", "save"]
