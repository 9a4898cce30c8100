"""The API and the processor together, over HTTP, as those who send files have them."""

from pathlib import Path

DATA = Path(__file__).parents[3] / "processor/tests/data"


def test_a_file_is_checked(call, processor):
    _, sent = call("/requests", (DATA / "site.geojson").read_bytes())
    processor()
    status, checked = call(f"/requests/{sent['id']}")
    assert (status, checked["status"]) == (200, "done")
    assert checked["result"]["features"] == 2
    assert checked["result"]["problems"] == []


def test_files_are_checked_each_for_itself(call, processor):
    files = [b'{"features": []}', b'{"features": [{}]}', b"[]", b"[" * 100_000]
    sent = [call("/requests", content)[1]["id"] for content in files]
    processor()
    results = [call(f"/requests/{id}")[1]["result"] for id in sent]
    assert [result.get("features") for result in results] == [0, 1, None, None]
    assert results[1]["problems"] == ["feature 1 has no geometry"]
    assert results[2] == {"error": "not a GeoJSON feature collection"}
