"""Who can publish where, worked out from the text of a manifest alone, in another way than by `authority.intended`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipegen import authority
from pipegen.output import FileTree


class Happening(NamedTuple):
    """What starts a run, and where."""

    how: str
    where: str
    chosen: bool = True
    alike: bool = False
    package: bool = False


HAPPENINGS = {
    "pull request from a fork": Happening("fork", "pull"),
    "pull request from a branch": Happening("pull", "pull"),
    "push to {}": Happening("push", "here"),
    "push to another branch": Happening("push", "elsewhere"),
    "a run on a tag, pushed or by hand": Happening("hand", "tag"),
    "by hand, on {}": Happening("hand", "here"),
    "by hand, on {}, for another environment": Happening("hand", "here", chosen=False),
    "by hand, on another branch": Happening("hand", "elsewhere"),
    "by hand, on a branch that differs in case": Happening("hand", "elsewhere", alike=True),
    "a workflow edited on another branch": Happening("edited", "elsewhere"),
    "a workflow edited on another branch, for a package index": Happening("edited", "elsewhere", package=True),
}


def differences(said: Mapping[str, Any], files: FileTree) -> tuple[int, list[str]]:
    """How many cells the table of the compiled files has, and where it is not as the manifest says."""
    branch = said.get("branch", "main")
    table = json.loads(authority.as_json(authority.compiled(files, branch)))
    cells, found = 0, []
    for name, stated in said.get("environments", {"release": {}}).items():
        expected, situations = dict(verdicts(said, name, branch)), table["environments"][name]["situations"]
        cells += len(expected)
        found += [
            f"{name}, {title}: {situations.get(title)}, and not {expected.get(title)}"
            for title in dict.fromkeys((*expected, *situations))
            if situations.get(title) != expected.get(title)
        ]
        if waits(table, name) != ([stated["after"]] if "after" in stated else [], []):
            found.append(f"{name} waits for {waits(table, name)}")
        if all(verdict["publishes"] == "no" for verdict in expected.values()):
            found.append(f"nothing can publish to {name}")
    return cells, found


def verdicts(said: Mapping[str, Any], name: str, branch: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Whether each situation publishes to the environment, and what stops it."""
    settings = said.get("environments", {}).get(name, {})
    possible = "with approval" if "approval" in settings else "yes"
    verdicts = {}
    is_release, packages = name == "release", said.get("release", {}).get("package", {})
    for title, happening in HAPPENINGS.items():
        is_there = not happening.alike or branch.lower() != branch.upper()
        if is_there and (happening.chosen or not is_release) and (not happening.package or any(packages.values())):
            stopped = list(_stopping(said, name, happening))
            because = "whoever may push can tag" if is_release and happening.how == "edited" and not stopped else ""
            verdict = {"publishes": "no" if stopped else possible, "stoppedBy": stopped, "because": because}
            verdicts[title.format(branch)] = verdict
    last = [(title, verdicts.pop(title)) for title in list(verdicts) if title.startswith("a workflow edited")]
    yield from verdicts.items()
    yield "a re-run of any of these", {"publishes": possible, "stoppedBy": [], "because": ""}
    yield from last


def waits(table: Mapping[str, Any], name: str) -> tuple[list[str], list[str]]:
    """What an environment waits for by the table: on a merge, and by hand."""
    guards = table["environments"][name]["guards"]
    return guards["on merge, waits for"], guards["by hand, waits for"]


def _stopping(said: Mapping[str, Any], name: str, happening: Happening) -> Iterator[str]:
    settings = said.get("environments", {}).get(name, {})
    is_release = said.get("kind") == "library"
    by_default = "manual" if name == "development" else "on-merge"
    is_bound = is_release or settings.get("publish", by_default) == "on-merge"
    has_role = not is_release and settings.get("credentials", said.get("credentials", "oidc")) == "oidc"
    how, where = happening.how, happening.where
    on_other_branch = is_bound and where == "elsewhere"
    unheard = how in ("fork", "pull") or (how == "push" and (not is_bound or is_release or where != "here"))
    refused = how == "hand" and (not happening.chosen or where == "tag" or (on_other_branch and not happening.alike))
    if unheard or refused:
        yield "if"
    if how != "edited" and (where in ("pull", "tag") or on_other_branch) and not (how == "push" and not is_bound):
        yield "check"
    # A tag needs a right to write and no environment.
    can_tag = is_release and how == "edited" and not happening.package
    if how == "fork" or where == "tag" or (is_bound and where != "here" and not can_tag):
        yield "GitHub"
    if has_role and is_bound and where != "here":
        yield "AWS"
