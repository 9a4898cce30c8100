"""Rows and issues in SQLite."""

import sqlite3
from contextlib import closing
from typing import Iterable, Mapping

from .rows import FIELDS, Issue

COLUMNS = ", ".join(FIELDS).replace("-", "_")
SCHEMA = f"""
BEGIN;
DROP TABLE IF EXISTS planning_point;
DROP TABLE IF EXISTS issue;
CREATE TABLE planning_point ({COLUMNS}, PRIMARY KEY (reference));
CREATE TABLE issue ({", ".join(Issue._fields)});
"""


def save(path: str, rows: Iterable[Mapping[str, str]], issues: Iterable[Issue] = ()) -> None:
    """Replace what the database holds by these rows and issues; an empty value becomes NULL."""
    values = [[row[field] or None for field in FIELDS] for row in rows]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SCHEMA)
        connection.executemany("INSERT INTO planning_point VALUES (?, ?, ?, ?, ?, ?)", values)
        connection.executemany("INSERT INTO issue VALUES (?, ?, ?, ?)", issues)
