"""PostgreSQL, through its own client `psql`: no driver has to be installed.

Every statement is a file of `planning/sql`. psql puts values in the place of its variables and
quotes them (`:'query'`), so nothing that a visitor writes becomes part of a statement.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQL = Path(__file__).parent / "sql"


class DatabaseError(Exception):
    """The database cannot be reached, or refused a statement."""


def search(query: str, limit: int = 50) -> dict[str, Any]:
    """Return the newest applications whose address contains the query, and how many there are."""
    # PostgreSQL's texts cannot hold NUL, and so none of them matches
    if "\0" in query:
        return {"count": 0, "applications": []}
    found: dict[str, Any] = json.loads(psql("search.sql", query=query, limit=str(limit)))
    return found


def load(rows: bytes) -> None:
    """Replace all applications with those of a CSV file; a wrong file changes nothing."""
    psql("load.sql", rows)


def psql(file: str, rows: bytes = b"", **variables: str) -> str:
    """Run a file of statements and return what it selects."""
    url, password = without_password(os.environ.get("DATABASE_URL", ""))
    command = ["psql", "--no-psqlrc", "--no-password", "--quiet", "--tuples-only", "--no-align"]
    command += [f"--file={SQL / file}", "--set=ON_ERROR_STOP=1", f"--dbname={url}"]
    command += [f"--set={name}={value}" for name, value in variables.items()]
    # in the environment, because every user of a machine can read the commands that run on it
    env = os.environ | {
        "PGPASSWORD": password,
        "PGCONNECT_TIMEOUT": "5",
        "PGCLIENTENCODING": "UTF8",
    }
    try:
        run = subprocess.run(command, input=rows, env=env, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DatabaseError(str(error)) from error
    if run.returncode:
        raise DatabaseError(run.stderr.decode(errors="replace").strip())
    return run.stdout.decode()


def without_password(url: str) -> tuple[str, str]:
    """Return the URL of a database without its password, and the password."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise DatabaseError("DATABASE_URL is not set to postgresql://…")
    user, _, address = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    return parts._replace(netloc=f"{name}@{address}").geturl(), unquote(password)
