"""Reading a file as GeoJSON: itself if it is that, through GDAL if it is something else."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

# Known by their first bytes, because others of GDAL's formats can refer to files and addresses.
KML = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>)?\s*<kml[\s>]")
GEOPACKAGE = re.compile(rb"SQLite format 3\0")
REFUSED = "not GeoJSON, KML or GeoPackage"


def read(path: Path, timeout: float = 60) -> Any:
    """The document; ValueError if GDAL cannot read it either."""
    content = path.read_bytes()
    if not (KML.match(content) or GEOPACKAGE.match(content)):
        try:
            return json.loads(content)
        except ValueError:
            raise ValueError(REFUSED) from None
    command = ["ogr2ogr", "-f", "GeoJSON", "-t_srs", "EPSG:4326", "/vsistdout/", str(path)]
    env = {**os.environ, "OGR_SKIP": "OGR_VRT"}
    try:
        run = subprocess.run(command, env=env, capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        raise ValueError(f"not read within {timeout} seconds") from None
    if run.returncode or not run.stdout:
        raise ValueError(REFUSED)
    return json.loads(run.stdout)
