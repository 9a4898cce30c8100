"""The library writes SQLite; what it wrote is read as its users do."""

import csv
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

import planning_points

SOURCE = """\
reference,name,start-date,GeoX,GeoY
BLR-1,Old mill,1/9/2021,430000,433500
BLR-2,"Yard, north",soon,-1.5,53.8
"""


def query(database, sql):
    """Run a query through the sqlite3 command, or through Python where there is none."""
    if shutil.which("sqlite3"):
        command = ["sqlite3", "-batch", "-csv", "-noheader", str(database), sql]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        return list(csv.reader(run.stdout.splitlines()))
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(sql).fetchall()
    return [["" if value is None else str(value) for value in row] for row in rows]


@pytest.fixture
def database(tmp_path):
    source = tmp_path / "source.csv"
    source.write_text(SOURCE, encoding="utf-8")
    with source.open(encoding="utf-8", newline="") as lines:
        rows, issues = planning_points.normalise(csv.DictReader(lines))
    path = tmp_path / "planning.sqlite3"
    planning_points.save(str(path), rows, issues)
    return path


def test_rows_are_stored_in_one_form(database):
    assert query(database, "SELECT * FROM planning_point ORDER BY reference") == [
        ["BLR-1", "Old mill", "", "2021-09-01", "", "POINT (-1.546038 53.796948)"],
        ["BLR-2", "Yard, north", "", "", "", "POINT (-1.500000 53.800000)"],
    ]


def test_an_empty_value_is_null(database):
    sql = "SELECT count(*) FROM planning_point WHERE start_date IS NULL"
    assert query(database, sql) == [["1"]]


def test_issues_are_stored_beside_the_rows(database):
    assert query(database, 'SELECT "row", field, kind, value FROM issue ORDER BY "row"') == [
        ["1", "point", "OSGB", "POINT (430000 433500)"],
        ["2", "start-date", "invalid date", "soon"],
    ]


def test_saving_again_replaces_everything(database):
    rows, issues = planning_points.normalise([{"reference": "BLR-3"}])
    planning_points.save(str(database), rows, issues)
    assert query(database, "SELECT reference FROM planning_point") == [["BLR-3"]]
    assert query(database, "SELECT count(*) FROM issue") == [["0"]]


def test_a_failed_save_keeps_what_was_there(database):
    row = dict.fromkeys(planning_points.rows.FIELDS, "same")
    with pytest.raises(sqlite3.IntegrityError):
        planning_points.save(str(database), [row, row])
    assert query(database, "SELECT count(*) FROM planning_point") == [["2"]]
