"""Copy the packages that pypa/gh-action-pypi-publish would have uploaded to PIPEGEN_ACT_INDEX."""

import json
import os
import shutil
from pathlib import Path


def main() -> None:
    inputs = {name: str(value) for name, value in json.loads(os.environ["INPUTS"]).items()}
    print("inputs:", json.dumps(inputs, sort_keys=True))
    if inputs["user"] != "__token__" or inputs["password"]:
        raise SystemExit("the stand-in knows trusted publishing only")
    if not os.environ.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN"):
        raise SystemExit("::error::Trusted publishing exchange failure: the job lacks the permission `id-token: write`")
    folder = Path(inputs["packages-dir"] or inputs["packages_dir"])
    files = sorted(path for path in folder.glob("*") if path.name.endswith((".whl", ".tar.gz")))
    if not files or len(files) != len(list(folder.glob("*"))):
        raise SystemExit(f"::error::{folder} holds no packages, or something else as well")
    index = Path(os.environ["PIPEGEN_ACT_INDEX"])
    for file in files:
        if (index / file.name).exists():
            if (inputs["skip-existing"] or inputs["skip_existing"]) == "true":
                print(f"WARNING  Skipping {file.name} because it appears to already exist")
                continue
            raise SystemExit(f"HTTPError: 400 Bad Request: File already exists ('{file.name}')")
        shutil.copyfile(file, index / file.name)


main()
