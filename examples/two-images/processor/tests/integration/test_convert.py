"""Files of other formats, through GDAL."""

import shutil
import subprocess
from pathlib import Path

import pytest

from processor import convert, geojson

DATA = Path(__file__).parents[1] / "data"
needs_gdal = pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="GDAL is not installed")


@pytest.fixture
def ogr2ogr(tmp_path, monkeypatch):
    """A program in the place of GDAL's."""

    def install(script):
        program = tmp_path / "bin/ogr2ogr"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    return install


def test_geojson_is_read_without_gdal(ogr2ogr):
    ogr2ogr("exit 1")
    assert geojson.check(convert.read(DATA / "site.geojson"))["features"] == 2


def test_gdal_is_asked_for_degrees(ogr2ogr):
    ogr2ogr("""printf '{"asked": "%s"}' "$*" """)
    expected = f"-f GeoJSON -t_srs EPSG:4326 /vsistdout/ {DATA / 'site.kml'}"
    assert convert.read(DATA / "site.kml") == {"asked": expected}


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_what_gdal_cannot_read_is_refused(ogr2ogr, script):
    ogr2ogr(script)
    with pytest.raises(ValueError, match="not GeoJSON, KML or GeoPackage"):
        convert.read(DATA / "site.kml")


def test_gdal_has_its_time(ogr2ogr):
    ogr2ogr("exec sleep 60")
    with pytest.raises(ValueError, match=r"not read within 0\.2 seconds"):
        convert.read(DATA / "site.kml", timeout=0.2)


@needs_gdal
def test_kml_is_read():
    result = geojson.check(convert.read(DATA / "site.kml"))
    assert result["bounds"] == [-1.55, 53.8, -1.54, 53.81]
    assert result["hectares"] == pytest.approx(73.02, rel=0.001)


@needs_gdal
def test_a_geopackage_is_read(tmp_path):
    path = tmp_path / "site.gpkg"
    # in the National Grid, and so to be converted to degrees
    command = ["ogr2ogr", "-t_srs", "EPSG:27700", path, DATA / "site.geojson"]
    subprocess.run(command, check=True)
    result = geojson.check(convert.read(path))
    assert result["bounds"] == pytest.approx([-1.6, 53.8, -1.54, 53.9], abs=1e-5)
    assert result["hectares"] == pytest.approx(73.02 * 24 / 25, rel=0.001)


VRT = f"""\
<OGRVRTDataSource>
<OGRVRTLayer name="site"><SrcDataSource>{DATA / "site.kml"}</SrcDataSource></OGRVRTLayer>
</OGRVRTDataSource>
"""


@pytest.mark.parametrize(
    "content", ["", "nothing", VRT, f"<kml>{VRT}</kml>", f"<kml></kml>{VRT}", "<kml></kml>"]
)
def test_nothing_else_is_read(tmp_path, ogr2ogr, content):
    if not shutil.which("ogr2ogr"):
        ogr2ogr("exit 1")
    (tmp_path / "upload").write_text(content)
    with pytest.raises(ValueError, match="not GeoJSON, KML or GeoPackage"):
        convert.read(tmp_path / "upload")
