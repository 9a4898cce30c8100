"""Copy what the stand-in for actions/upload-artifact kept, by the rules of actions/download-artifact.

PIPEGEN_ACT_TAMPERING holds, by artefact, a script that changes the files on their way: what somebody would do who can
write to the store, which the action's own check of the digest cannot see.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple


class Artifact(NamedTuple):
    id: int
    name: str
    digest: str


def artifacts(ids: Path) -> list[Artifact]:
    return [Artifact(int(path.name), **json.loads(path.read_text())) for path in sorted(ids.iterdir())]


def chosen(inputs: dict[str, str], kept: list[Artifact]) -> list[Artifact]:
    if name := inputs["name"]:
        if found := [artifact for artifact in kept if artifact.name == name]:
            return found
        raise SystemExit(f"Unable to download artifact(s): Artifact not found for name: {name}")
    if not inputs["artifact-ids"]:
        return kept
    given = [part.strip() for part in inputs["artifact-ids"].split(",") if part.strip()]
    if not given:
        raise SystemExit("Unable to download artifact(s): No valid artifact IDs provided in 'artifact-ids' input")
    if strange := [part for part in given if not part.isdecimal()]:
        raise SystemExit(f"Unable to download artifact(s): Invalid artifact ID: '{strange[0]}'. Must be a number.")
    found = [artifact for artifact in kept if str(artifact.id) in given]
    if not found:
        raise SystemExit("Unable to download artifact(s): None of the provided artifact IDs were found")
    if missing := set(given) - {str(artifact.id) for artifact in found}:
        print(f"::warning::Could not find the following artifact IDs: {', '.join(sorted(missing))}")
    return found


def main() -> None:
    inputs = json.loads(os.environ["INPUTS"])
    print("inputs:", json.dumps(inputs, sort_keys=True))
    for name, only in {"pattern": "", "github-token": "", "skip-decompress": "false"}.items():
        if str(inputs[name]).lower() != only:
            raise SystemExit(f"the stand-in knows no {name}")
    if inputs["name"] and inputs["artifact-ids"]:
        raise SystemExit("Inputs 'name' and 'artifact-ids' cannot be used together. Please specify only one.")
    kept = Path(os.environ["PIPEGEN_ACT_ARTIFACTS"])
    found = chosen(inputs, artifacts(kept / "ids"))
    whole = Path(os.environ["GITHUB_WORKSPACE"], os.path.expanduser(inputs["path"]))  # noqa: PTH111 (as the action does)
    tampering = json.loads(os.environ["PIPEGEN_ACT_TAMPERING"])
    together = bool(inputs["name"]) or str(inputs["merge-multiple"]) == "true" or len(found) == 1
    for artifact in found:
        target = whole if together else whole / artifact.name
        shutil.copytree(kept / "files" / artifact.name, target, dirs_exist_ok=True)
        if script := tampering.get(artifact.name):
            subprocess.run(["bash", "-euc", script], cwd=target, check=True)
    print(f"Total of {len(found)} artifact(s) downloaded")
    with Path(os.environ["GITHUB_OUTPUT"]).open("a") as output:
        print(f"download-path={whole}", file=output)


main()
