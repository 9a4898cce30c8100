"""Fetch the commit as actions/checkout does, from PIPEGEN_ACT_REPOSITORY instead of the network."""

import json
import os
import subprocess
from pathlib import Path


def git(*arguments: str) -> str:
    run = subprocess.run(["git", *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout.strip()


def main() -> None:
    inputs = json.loads(os.environ["INPUTS"])
    print("inputs:", json.dumps(inputs, sort_keys=True))
    repository, server = os.environ["GITHUB_REPOSITORY"], os.environ["GITHUB_SERVER_URL"]
    if inputs["repository"] != repository:
        raise SystemExit(f"only {repository} is here, not {inputs['repository']}")
    ref = inputs["ref"] or os.environ["GITHUB_SHA"]
    folder = Path(os.environ["GITHUB_WORKSPACE"], inputs["path"])
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    git("init", "--quiet", "--initial-branch=main")
    git("remote", "add", "origin", f"{server}/{repository}")
    source = Path(os.environ["PIPEGEN_ACT_REPOSITORY"]).as_uri()
    depth = str(inputs["fetch-depth"])
    everything = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"] if depth == "0" else []
    tags = ["--tags"] if str(inputs["fetch-tags"]) == "true" else ["--no-tags"]
    git("fetch", "--quiet", *tags, *([] if depth == "0" else [f"--depth={depth}"]), source, ref, *everything)
    branch = os.environ["GITHUB_REF"].removeprefix("refs/heads/")
    on_branch = not inputs["ref"] and branch != os.environ["GITHUB_REF"]
    git("checkout", "--quiet", *(["-B", branch] if on_branch else ["--detach"]), "FETCH_HEAD")
    if str(inputs["persist-credentials"]) != "false":
        git("config", f"http.{server}/.extraheader", "AUTHORIZATION: basic stand-in")
    with Path(os.environ["GITHUB_OUTPUT"]).open("a") as output:
        print(
            f"ref={inputs['ref'] or os.environ['GITHUB_REF']}",
            f"commit={git('rev-parse', 'HEAD')}",
            sep="\n",
            file=output,
        )


main()
