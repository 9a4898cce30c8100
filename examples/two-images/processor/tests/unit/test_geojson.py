import json
from pathlib import Path

import pytest

from processor.geojson import check

SITE = json.loads((Path(__file__).parents[1] / "data/site.geojson").read_text())


def collection(*shapes):
    return {"features": [{"geometry": shape} for shape in shapes]}


def test_a_file_is_summed_up():
    result = check(SITE)
    assert result["features"] == 2
    assert result["bounds"] == [-1.6, 53.8, -1.54, 53.9]
    assert result["problems"] == []


def test_holes_are_not_part_of_the_area():
    # 0.01° by 0.01° at 53.8° north is 656.7 m by 1111.9 m, and the hole a twenty-fifth of it
    assert check(SITE)["hectares"] == pytest.approx(73.02 * 24 / 25, rel=0.001)


def test_every_polygon_of_several_counts():
    polygon = SITE["features"][0]["geometry"]["coordinates"]
    one = check(collection({"type": "Polygon", "coordinates": polygon}))
    two = check(collection({"type": "MultiPolygon", "coordinates": [polygon, polygon]}))
    assert two["hectares"] == pytest.approx(2 * one["hectares"], abs=0.02)


def test_what_is_wrong_is_named_by_its_feature():
    wrong = collection(
        {"type": "Point", "coordinates": [-1.5, 53.8]},
        {"type": "Point", "coordinates": [53.8, -1.5]},
        None,
    )
    assert check(wrong)["problems"] == [
        "feature 3 has no geometry",
        "feature 2 is outside England",
    ]


def test_nothing_is_nowhere():
    assert check({"features": []}) == {
        "features": 0,
        "bounds": None,
        "hectares": 0,
        "problems": [],
    }


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        1,
        {"features": [1]},
        {"features": [{"geometry": {"type": "Polygon"}}]},
        {"features": [{"geometry": {"type": "Point", "coordinates": [1]}}]},
    ],
)
def test_what_is_no_collection_is_refused(document):
    with pytest.raises(ValueError, match="not a GeoJSON feature collection"):
        check(document)
