import pytest

from planning import database


def test_a_password_is_taken_out_of_the_url():
    url = "postgresql://app:p%40ss@db.example:5432/planning?sslmode=require"
    expected = "postgresql://app@db.example:5432/planning?sslmode=require"
    assert database.without_password(url) == (expected, "p@ss")


@pytest.mark.parametrize("url", ["", "mysql://app@db.example/planning"])
def test_a_database_must_be_named(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(database.DatabaseError, match="DATABASE_URL is not set"):
        database.search("mill")


def test_without_psql_there_is_a_reason(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/planning")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(database.DatabaseError, match="psql"):
        database.search("mill")


def test_nul_is_in_no_address():
    assert database.search("mill\0") == {"count": 0, "applications": []}
