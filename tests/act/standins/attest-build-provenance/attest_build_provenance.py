"""Refuse what actions/attest-build-provenance refuses, and a job that has no identity token to sign with."""

import json
import os
import re
from pathlib import Path


def main() -> None:
    inputs = {name: str(value) for name, value in json.loads(os.environ["INPUTS"]).items()}
    print("inputs:", json.dumps(inputs, sort_keys=True))
    for name in ("subject-checksums", "predicate-type", "predicate", "predicate-path"):
        if inputs[name]:
            raise SystemExit(f"the stand-in knows no {name}")
    if inputs["push-to-registry"] != "false":
        raise SystemExit("the stand-in knows no push-to-registry")
    path, digest, name = (inputs[f"subject-{part}"] for part in ("path", "digest", "name"))
    if bool(path) == bool(digest):
        raise SystemExit("::error::Exactly one of subject-path, subject-digest, or subject-checksums must be provided")
    if digest and not name:
        raise SystemExit("::error::subject-name must be provided when using subject-digest")
    if digest and not re.fullmatch(r"sha256:[0-9a-f]{64}", digest):
        raise SystemExit('::error::subject-digest must be in the format "sha256:<hex-digest>"')
    if path and not any(next(Path().glob(line), None) or Path(line).exists() for line in path.split()):
        raise SystemExit("::error::Could not find subject at path")
    if not os.environ.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN"):
        raise SystemExit("::error::Failed to get ID token: the job lacks the permission `id-token: write`")


main()
