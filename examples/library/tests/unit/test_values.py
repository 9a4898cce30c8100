from math import degrees

import pytest

from planning_points import grid, normalise_date, normalise_point, normalise_reference


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2021-09-01", "2021-09-01"),
        ("2021-09-01T13:45:00", "2021-09-01"),
        ("2021-09-01T13:45:00Z", "2021-09-01"),
        ("20210901", "2021-09-01"),
        ("2021/09/01", "2021-09-01"),
        ("1/9/2021", "2021-09-01"),
        ("01-09-2021", "2021-09-01"),
        ("1.9.2021", "2021-09-01"),
        ("1  September 2021", "2021-09-01"),
        ("1 Sept 2021", "2021-09-01"),
        ("29/02/2024", "2024-02-29"),
        ("2021-09", "2021-09-01"),
        ("Sep 2021", "2021-09-01"),
        ("2021", "2021-01-01"),
    ],
)
def test_a_date_becomes_iso_8601(given, expected):
    assert normalise_date(given) == expected


@pytest.mark.parametrize("given", ["", "31/02/2021", "29/02/2023", "1/9/21", "9/30/2021", "soon"])
def test_what_is_not_a_date_is_refused(given):
    with pytest.raises(ValueError, match="invalid date"):
        normalise_date(given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("21/00123/FUL", "21/00123/FUL"),
        (" 21 / 00123 / FUL ", "21/00123/FUL"),
        ("BLR - 007", "BLR-007"),
        ("Site\n  12", "Site 12"),
    ],
)
def test_a_reference_loses_stray_space(given, expected):
    assert normalise_reference(given) == expected


def test_a_reference_is_required():
    with pytest.raises(ValueError, match="missing reference"):
        normalise_reference(" \n ")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("POINT (-0.124625 51.500729)", ("POINT (-0.124625 51.500729)", "WGS84")),
        ("point(-0.124625 51.500729)", ("POINT (-0.124625 51.500729)", "WGS84")),
        ("POINT (51.500729 -0.124625)", ("POINT (-0.124625 51.500729)", "flipped WGS84")),
        ("POINT (651409.903 313177.270)", ("POINT (1.716052 52.657979)", "OSGB")),
    ],
)
def test_a_point_is_told_by_its_size(given, expected):
    assert normalise_point(given) == expected


@pytest.mark.parametrize("given", ["POINT (0 0)", "POINT (2.35 48.86)", "POINT (-3.19 55.95)"])
def test_a_point_outside_england_is_refused(given):
    with pytest.raises(ValueError, match="outside England"):
        normalise_point(given)


@pytest.mark.parametrize("given", ["", "POINT EMPTY", "POINT (1)", "LINESTRING (0 51, 0 52)"])
def test_what_is_not_a_point_is_refused(given):
    with pytest.raises(ValueError, match="invalid point"):
        normalise_point(given)


def test_the_projection_agrees_with_ordnance_survey():
    """The worked example of "A guide to coordinate systems in Great Britain", annex C."""
    latitude, longitude = map(degrees, grid.unproject(651409.903, 313177.270))
    assert latitude == pytest.approx(52 + 39 / 60 + 27.2531 / 3600, abs=1e-7)
    assert longitude == pytest.approx(1 + 43 / 60 + 4.5177 / 3600, abs=1e-7)
