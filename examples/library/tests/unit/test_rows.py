from planning_points import normalise
from planning_points.rows import Issue


def test_a_row_gets_every_field_in_one_form():
    rows, issues = normalise(
        [{"reference": "BLR / 1", "name": "Old  mill", "start-date": "1/9/2021", "extra": "x"}]
    )
    assert rows == [
        {
            "reference": "BLR/1",
            "name": "Old mill",
            "entry-date": "",
            "start-date": "2021-09-01",
            "end-date": "",
            "point": "",
        }
    ]
    assert issues == []


def test_geox_and_geoy_make_a_point_where_there_is_none():
    rows, issues = normalise(
        [
            {"reference": "1", "GeoX": "-1.5", "GeoY": "53.8"},
            {"reference": "2", "GeoX": "-1.5", "GeoY": "53.8", "point": "POINT (-2 52)"},
            {"reference": "3", "GeoX": "-1.5"},
        ]
    )
    assert [row["point"] for row in rows] == [
        "POINT (-1.500000 53.800000)",
        "POINT (-2.000000 52.000000)",
        "",
    ]
    assert issues == [Issue(3, "point", "invalid point", "POINT (-1.5 )")]


def test_what_cannot_be_read_is_left_empty_and_reported():
    rows, issues = normalise([{"reference": "1", "end-date": "soon", "point": "POINT (0 0)"}])
    assert (rows[0]["end-date"], rows[0]["point"]) == ("", "")
    assert issues == [
        Issue(1, "end-date", "invalid date", "soon"),
        Issue(1, "point", "outside England", "POINT (0 0)"),
    ]


def test_a_row_needs_a_reference_of_its_own():
    rows, issues = normalise(
        [
            {"reference": "1", "name": "first"},
            {"reference": "1 ", "name": "second"},
            {"reference": None, "name": "third"},
        ]
    )
    assert [row["name"] for row in rows] == ["first"]
    assert issues == [
        Issue(2, "reference", "duplicate reference", "1"),
        Issue(3, "reference", "missing reference", ""),
    ]
