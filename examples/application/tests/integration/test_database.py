"""The statements, run by a real PostgreSQL."""

import pytest

from planning import database

pytestmark = pytest.mark.usefixtures("applications")
HEADER = b"reference,address,description,decision,received\n"


def references(query, **options):
    return [each["reference"] for each in database.search(query, **options)["applications"]]


def test_addresses_are_searched_whatever_the_case():
    assert references("MILL") == ["25/00101/HOU", "25/00017/FUL"]
    assert references("café") == ["26/00009/TPO"]
    assert references("harbour") == []


def test_an_application_comes_whole():
    assert database.search("goods yard") == {
        "count": 1,
        "applications": [
            {
                "reference": "26/00003/FUL",
                "address": "Goods Yard, Station Road, Ilkley",
                "description": "Sixty homes & a shop",
                "decision": None,
                "received": "2026-01-08",
            }
        ],
    }


def test_all_are_counted_and_the_newest_are_shown():
    assert database.search("ilkley", limit=1)["count"] == 3
    assert references("ilkley", limit=1) == ["26/00009/TPO"]


@pytest.mark.parametrize(
    "query",
    ["'; DROP TABLE application; --", "%", "_", "\\", "\\! touch x", ":limit", "$$", "\ud800"],
)
def test_a_query_is_only_ever_text(query):
    assert database.search(query.encode(errors="replace").decode()) == {
        "count": 0,
        "applications": [],
    }
    assert len(references("ilkley")) == 3


def test_loading_replaces_everything():
    database.load(HEADER + b'26/1,"Harbour, Whitby",Crane,,2026-02-01\n')
    assert references("harbour") == ["26/1"]
    assert references("ilkley") == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (b"address,reference,description,decision,received\n", "column name mismatch"),
        (HEADER + b"26/1,Harbour,Crane,perhaps,2026-02-01\n", "application_decision_check"),
        (HEADER + b"26/1,,Crane,,2026-02-01\n", "violates"),
        (HEADER + b"26/1,Harbour,Crane,,soon\n", "invalid input syntax for type date"),
        (HEADER + b"26/1,Harbour,Crane,,2026-02-01\n" * 2, "application_pkey"),
    ],
)
def test_a_wrong_file_changes_nothing(rows, message):
    with pytest.raises(database.DatabaseError, match=message):
        database.load(rows)
    assert len(references("ilkley")) == 3


def test_a_server_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@localhost:1/planning")
    with pytest.raises(database.DatabaseError, match="refused"):
        database.search("mill")
