"""Put PIPEGEN_ACT_PYTHON on the PATH, after the checks that make actions/setup-python fail."""

import json
import os
import platform
import sys
from pathlib import Path

DEPENDENCIES = {"pip": ["requirements.txt", "pyproject.toml"], "pipenv": ["Pipfile.lock"], "poetry": ["poetry.lock"]}


def main() -> None:
    inputs = json.loads(os.environ["INPUTS"])
    print("inputs:", json.dumps(inputs, sort_keys=True))
    version, file = inputs["python-version"], inputs["python-version-file"]
    if file and not Path(file).is_file():
        raise SystemExit(f"The specified python version file at: {file} doesn't exist.")
    if not version and not file and not Path(".python-version").is_file():
        raise SystemExit("neither python-version nor python-version-file is given, and there is no .python-version")
    if cache := inputs["cache"]:
        patterns = inputs["cache-dependency-path"].split() or [f"**/{name}" for name in DEPENDENCIES[cache]]
        if not any(path for pattern in patterns for path in Path().glob(pattern)):
            raise SystemExit(f"No file matched to {patterns}, make sure you have checked out the target repository")
    with Path(os.environ["GITHUB_PATH"]).open("a") as path:
        print(Path(sys.executable).parent, file=path)
    with Path(os.environ["GITHUB_OUTPUT"]).open("a") as output:
        print(f"python-version={platform.python_version()}", f"python-path={sys.executable}", file=output, sep="\n")
        print("cache-hit=false", file=output)


main()
