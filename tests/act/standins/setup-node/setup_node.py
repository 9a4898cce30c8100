"""Put PIPEGEN_ACT_NODE on the PATH, after the checks that make actions/setup-node fail."""

import json
import os
import subprocess
from pathlib import Path

LOCKS = {
    "npm": ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock"],
    "yarn": ["yarn.lock"],
    "pnpm": ["pnpm-lock.yaml"],
}


def main() -> None:
    inputs = json.loads(os.environ["INPUTS"])
    print("inputs:", json.dumps(inputs, sort_keys=True))
    version, file = inputs["node-version"], inputs["node-version-file"]
    if file and not Path(file).is_file():
        raise SystemExit(f"The specified node version file at: {file} does not exist")
    if not version and not file:
        raise SystemExit("neither node-version nor node-version-file is given")
    if cache := inputs["cache"]:
        patterns = inputs["cache-dependency-path"].split() or LOCKS[cache]
        if not any(path for pattern in patterns for path in Path().glob(pattern)):
            raise SystemExit(f"Dependencies lock file is not found. Supported file patterns: {patterns}")
    node = os.environ.get("PIPEGEN_ACT_NODE")
    if not node:
        raise SystemExit("node is not installed on this machine")
    with Path(os.environ["GITHUB_PATH"]).open("a") as path:
        print(Path(node).parent, file=path)
    found = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    with Path(os.environ["GITHUB_OUTPUT"]).open("a") as output:
        print(f"node-version={found}", "cache-hit=false", sep="\n", file=output)


main()
