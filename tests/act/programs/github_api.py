"""`gh`, played on a bare repository (PIPEGEN_ACT_REMOTE) and a directory of releases (PIPEGEN_ACT_RELEASES).

It knows what a release needs: to create a tag, to read one, to create a release of a tag and to look at one. It answers
as GitHub does, with the same exit codes, and refuses any other use. Whether the token may write is read from its text.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn


def unexpected(what: object) -> NoReturn:
    sys.exit(f"gh: unexpected: {what}")


def main(arguments: Sequence[str]) -> None:
    if not (token := os.environ.get("GH_TOKEN", "")):
        print("gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.")
        sys.exit(4)
    match list(arguments):
        case ["api", path, *options]:
            _api(
                path,
                _Options(options, flags={"--silent"}, values={"--method", "--field", "--raw-field", "--jq"}),
                token,
            )
        case ["release", "create", tag, *options]:
            values = {"--repo", "--title", "--notes", "--notes-start-tag"}
            _create_release(tag, _Options(options, flags={"--verify-tag", "--generate-notes"}, values=values), token)
        case ["release", "view", tag, *options]:
            _view_release(tag, _Options(options, values={"--repo", "--json", "--jq"}))
        case other:
            unexpected(other)


_SHORT = {"-f": "--raw-field", "-F": "--field", "-X": "--method", "-q": "--jq", "-R": "--repo", "-t": "--title"}


class _Options:
    """`--name value`, `--name=value` or `-x value`, several times where wanted, and the words that are none."""

    def __init__(
        self, arguments: Sequence[str], values: set[str], flags: frozenset[str] | set[str] = frozenset()
    ) -> None:
        self.words: list[str] = []
        self._given: dict[str, list[str]] = {}
        rest = iter(arguments)
        for argument in rest:
            name, equals, value = argument.partition("=")
            name = _SHORT.get(name, name)
            if not argument.startswith("-"):
                self.words.append(argument)
            elif name in flags and not equals:
                self._given[name] = [""]
            elif name in values:
                self._given.setdefault(name, []).append(value if equals else next(rest))
            else:
                unexpected(argument)

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def one(self, name: str, default: str = "") -> str:
        return self._given.get(name, [default])[-1]

    def fields(self) -> dict[str, str]:
        parts = [*self._given.get("--field", []), *self._given.get("--raw-field", [])]
        return dict(part.split("=", 1) for part in parts)


def _api(given: str, options: _Options, token: str) -> None:
    path, repository = given.removeprefix("/"), f"repos/{os.environ['GITHUB_REPOSITORY']}/"
    if options.words or not path.startswith(repository):
        unexpected([path, *options.words])
    fields, what = options.fields(), path.removeprefix(repository)
    method = options.one("--method", "POST" if fields else "GET")
    if (method, what) == ("POST", "git/refs"):
        answer = _create_reference(fields, token)
    elif method == "GET" and (found := re.fullmatch(r"git/ref/(tags/[^/]+|heads/.+)", what)):
        answer = _reference(f"refs/{found[1]}") or _refuse(404, "Not Found")
    elif method == "GET" and (found := re.fullmatch(r"releases/tags/([^/]+)", what)):
        answer = _release(found[1]) or _refuse(404, "Not Found")
    else:
        unexpected([method, path, fields])
    if "--silent" not in options:
        _show(answer, options.one("--jq"))


def _show(answer: Any, query: str) -> None:
    """jq knows paths alone here, such as `.object.sha`."""
    if not query:
        print(json.dumps(answer))
        return
    if not re.fullmatch(r"(?:\.[A-Za-z_]+)+", query):
        unexpected(query)
    for name in query[1:].split("."):
        answer = answer[name]
    print(answer if isinstance(answer, str) else json.dumps(answer))


def _refuse(status: int, message: str) -> NoReturn:
    print(json.dumps({"message": message, "status": str(status)}))
    sys.exit(f"gh: {message} (HTTP {status})")


def _git(*arguments: str) -> str | None:
    command = ["git", f"--git-dir={os.environ['PIPEGEN_ACT_REMOTE']}", *arguments]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return run.stdout.strip() if run.returncode == 0 else None


def _reference(name: str) -> Mapping[str, Any] | None:
    commit = _git("rev-parse", "--verify", "--quiet", name)
    return {"ref": name, "object": {"sha": commit, "type": _git("cat-file", "-t", commit)}} if commit else None


def _may_write(token: str) -> None:
    if not re.search(r"\bcontents:write\b|write-all", token):
        _refuse(403, "Resource not accessible by integration")


def _create_reference(fields: Mapping[str, str], token: str) -> Mapping[str, Any]:
    _may_write(token)
    if fields.keys() != {"ref", "sha"}:
        unexpected(fields)
    name, commit = fields["ref"], fields["sha"]
    if not re.fullmatch(r"refs/(?:tags|heads)/\S+", name) or _git("check-ref-format", name) is None:
        _refuse(422, "Reference name isn't valid")
    if _reference(name):
        _refuse(422, "Reference already exists")
    if not re.fullmatch(r"[0-9a-f]{40}", commit) or _git("cat-file", "-e", f"{commit}^{{commit}}") is None:
        _refuse(422, "Object does not exist")
    _git("update-ref", name, commit, "0" * 40)
    return _reference(name) or _refuse(500, "the tag was not created")


def _folder(tag: str) -> Path:
    return Path(os.environ["PIPEGEN_ACT_RELEASES"], tag)


def _release(tag: str) -> dict[str, Any] | None:
    file = _folder(tag) / "release.json"
    return dict(json.loads(file.read_text())) if file.exists() else None


def _of_this_repository(options: _Options) -> None:
    if options.one("--repo") != os.environ["GITHUB_REPOSITORY"]:
        unexpected(f"--repo {options.one('--repo')}")


def _create_release(tag: str, options: _Options, token: str) -> None:
    _of_this_repository(options)
    if "--verify-tag" not in options:
        unexpected("a release without --verify-tag, which would create the tag")
    if not _reference(f"refs/tags/{tag}"):
        sys.exit(f"tag {tag} doesn't exist in the repo {options.one('--repo')}, aborting due to --verify-tag flag")
    if missing := [name for name in options.words if not Path(name).is_file()]:
        sys.exit(f"stat {missing[0]}: no such file or directory")
    _may_write(token)
    if _release(tag):
        sys.exit("HTTP 422: Validation Failed\nRelease.tag_name already exists")
    assets = _folder(tag) / "assets"
    assets.mkdir(parents=True)
    for name in options.words:
        shutil.copyfile(name, assets / Path(name).name)
    release = {"tag_name": tag, "name": options.one("--title") or tag, "body": options.one("--notes")}
    (_folder(tag) / "release.json").write_text(json.dumps(release))
    print(f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}/releases/tag/{tag}")


def _view_release(tag: str, options: _Options) -> None:
    _of_this_repository(options)
    release = _release(tag)
    if release is None:
        sys.exit("release not found")
    names = {"tagName": "tag_name", "name": "name", "body": "body"}
    _show({name: release[own] for name, own in names.items()}, options.one("--jq"))
