"""The command line on a sample file, as a user runs it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"


def planning_points(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "planning_points", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_a_register_is_normalised(tmp_path):
    issues, database = tmp_path / "issues.csv", tmp_path / "planning.sqlite3"
    run = planning_points(DATA / "brownfield-land.csv", "--issues", issues, "--database", database)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == (DATA / "normalised.csv").read_text(encoding="utf-8")
    assert issues.read_text(encoding="utf-8") == (DATA / "issues.csv").read_text(encoding="utf-8")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM planning_point").fetchone() == (4,)


def test_what_was_normalised_stays_as_it_is(tmp_path):
    issues = tmp_path / "issues.csv"
    run = planning_points(DATA / "normalised.csv", "--issues", issues)
    assert run.stdout == (DATA / "normalised.csv").read_text(encoding="utf-8")
    assert issues.read_text(encoding="utf-8") == "row,field,kind,value\n"


def test_a_file_that_is_not_there_is_an_error():
    run = planning_points("absent.csv")
    assert run.returncode == 2
    assert "cannot read absent.csv" in run.stderr


def test_a_file_without_references_is_an_error(tmp_path):
    source = tmp_path / "source.csv"
    source.write_text("name\nOld mill\n", encoding="utf-8")
    run = planning_points(source)
    assert run.returncode == 2
    assert "no column named reference" in run.stderr
