"""Which jobs of which workflow run for which event, in every example: as a committed table, and as its manifest says.

act evaluates the conditions. The filters under `on` are read by `act.filters`, and `paths` here. What is expected is
worked out from the manifest alone, without anything of pipegen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion

from act import Event, jobs_run, starts
from act.events import dispatch, merge_group, pull_request, push, push_tag
from act.filters import matches
from cases import EXAMPLES
from judges.reading import workflow as parsed

REFS = {"main": "refs/heads/main", "topic": "refs/heads/topic", "the tag v1.0.0": "refs/tags/v1.0.0"}
# Jobs of scripts alone run them, because these decide; of the others only the conditions are of interest.
DECIDING = {"test", "refuse", "version"}

Results = Mapping[str, str]
"""How the jobs of a run ended that ran at all."""
Graph = Mapping[str, list[str]]
"""The jobs of a run, each with those that must have succeeded before it."""


@dataclass(frozen=True)
class Situation:
    """Something that happens, where `failing` fails. What is started by hand is one `workflow`, others hear it all."""

    title: str
    event: Event
    workflow: str = ""
    changed: str = "README.md"
    failing: str = ""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_jobs_that_run(example: Path, golden_text: SnapshotAssertion) -> None:
    manifest = yaml.safe_load((example / "deploy.yaml").read_text())
    workflows = {file.stem: file.read_text() for file in sorted((example / ".github/workflows").glob("*.yml"))}
    assert set(workflows) == {"test", *_publishing(manifest)}
    table = [*_said(manifest), ""]
    for situation in _situations(manifest):
        observed = {
            name: _observed(text, situation)
            for name, text in workflows.items()
            if situation.workflow in ("", name) and _starts(text, situation)
        }
        expected = {name: _ended(graph, situation) for name, graph in _expected(manifest, situation).items()}
        assert observed == expected, situation.title
        for results in observed.values():
            _assert_safe(results, situation.event, _tests(manifest))
        table += [situation.title, *(_line(name, results, workflows[name]) for name, results in observed.items())]
        table += [] if observed else ["    nothing"]
    assert "\n".join(table) + "\n" == golden_text


# What happens


def _situations(manifest: Mapping[str, Any]) -> Iterator[Situation]:
    patterns = {pattern for part in _parts(manifest).values() for pattern in part.get("paths", [])}
    for pattern in [*sorted(patterns), "README.md"]:
        yield _push_to_main(manifest, pattern)
    yield Situation("push to topic", push("topic"))
    yield Situation("push of the tag v1.0.0", push_tag("v1.0.0"))
    yield Situation("push of the merge queue's branch", push("gh-readonly-queue/main/pr-7"))
    yield Situation("pull request from topic", pull_request())
    yield Situation("pull request from main to another branch", pull_request("main", "release"))
    yield Situation("pull request from a fork", pull_request(fork=True))
    yield Situation("merge queue", merge_group())
    for name, ref in REFS.items():
        yield Situation(f"test by hand, from {name}", dispatch(ref), "test")
    for workflow in _publishing(manifest):
        yield from _by_hand(manifest, workflow)
        yield from _failures(manifest, workflow)
    for job in _tests(manifest):
        yield Situation(f"push to topic, where {job} fails", push("topic"), failing=job)


def _push_to_main(manifest: Mapping[str, Any], pattern: str, workflow: str = "") -> Situation:
    changed = pattern.replace("**", "file")
    has_paths = any("paths" in part for part in _parts(manifest).values())
    return Situation(f"push to main that changes {changed}" if has_paths else "push to main", push(), workflow, changed)


def _by_hand(manifest: Mapping[str, Any], workflow: str) -> Iterator[Situation]:
    for name, ref in REFS.items():
        if workflow == "release":
            yield Situation(f"release by hand, from {name}", dispatch(ref, bump="patch"), workflow)
        for environment in manifest.get("environments", ()):
            title = f"{workflow} by hand to {environment}, from {name}"
            yield Situation(title, dispatch(ref, environment=environment), workflow)


def _failures(manifest: Mapping[str, Any], workflow: str) -> Iterator[Situation]:
    """Each job on which another depends fails once: in a push to main, and in a run by hand."""
    by_hand = [situation for situation in _by_hand(manifest, workflow) if situation.event.ref == REFS["main"]]
    pattern = _publishing(manifest)[workflow].get("paths", ["README.md"])[0]
    for situation in (by_hand[-1], _push_to_main(manifest, pattern, workflow)):
        graph = _expected(manifest, situation).get(workflow, {})
        for job in sorted({need for needs in graph.values() for need in needs} - DECIDING):
            yield replace(situation, title=f"{situation.title}, where {job} fails", failing=job)


# What is observed


def _starts(text: str, situation: Situation) -> bool:
    event, on = situation.event, parsed(text)["on"]
    if event.name not in on:
        return False
    filters = dict(on[event.name] or {})
    paths = filters.pop("paths", None)
    return starts({event.name: filters}, event) and (paths is None or matches(paths, situation.changed))


def _observed(text: str, situation: Situation) -> Results:
    event = situation.event
    return _ran(_skeleton(text), event.name, json.dumps(event.payload, sort_keys=True), situation.failing)


def _skeleton(text: str) -> str:
    """What decides about jobs, which is the same in many a workflow."""
    data = parsed(text)
    jobs = {
        name: {
            **{key: job[key] for key in ("needs", "if", "strategy", "runs-on") if key in job},
            "steps": [step for step in job["steps"] if name in DECIDING and "run" in step] or [{"run": "exit 0"}],
        }
        for name, job in data["jobs"].items()
    }
    return yaml.safe_dump({"on": data["on"], "defaults": data["defaults"], "jobs": jobs}, sort_keys=False)


@cache
def _ran(skeleton: str, event: str, payload: str, failing: str) -> Results:
    jobs = parsed(skeleton)["jobs"].keys()
    fail, keep = frozenset({failing} & jobs), frozenset(DECIDING & jobs)
    return jobs_run(skeleton, event, json.loads(payload), fail=fail, keep=keep)


def _line(name: str, results: Results, text: str) -> str:
    """The jobs in the order of the file: those beside one another end in any order."""
    jobs = [job for job in parsed(text)["jobs"] if job in results]
    return f"    {name}: {', '.join(f'{job} (fails)' if results[job] == 'failure' else job for job in jobs)}"


def _assert_safe(results: Results, event: Event, tests: list[str]) -> None:
    """What must hold whatever the manifest says."""
    order = list(results)
    published = [job for job in results if job.startswith("publish-") or job == "release"]
    if published:
        assert event.name in ("push", "workflow_dispatch")
        assert event.ref.startswith("refs/heads/")
        assert event.name == "workflow_dispatch" or event.ref == "refs/heads/main"
        passed = [job for job in tests if results.get(job) == "success"]
        assert passed == [job for job in tests if job in results] != []
        assert max(map(order.index, passed)) < min(map(order.index, published))


# What is expected


def _said(manifest: Mapping[str, Any]) -> Iterator[str]:
    for name, environment in manifest.get("environments", {}).items():
        after = f", after {environment['after']}" if "after" in environment else ""
        yield f"{name}: {'on merge' if _is_on_merge(name, environment) else 'by hand'}{after}"
    for id, component in manifest.get("components", {}).items():
        yield f"{id}: {', '.join(component['paths'])}"
    if manifest.get("kind") == "library":
        yield "a library: released by hand"


def _parts(manifest: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    parts: Mapping[str, Mapping[str, Any]] = manifest.get("components", {"": manifest})
    return parts


def _publishing(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The workflows that make something public, each with what it is about."""
    if manifest.get("kind") == "library":
        return {"release": manifest}
    return {"-".join(filter(None, ["publish", id])): part for id, part in _parts(manifest).items()}


def _tests(manifest: Mapping[str, Any]) -> list[str]:
    return [_test(id) for id in _parts(manifest)]


def _test(part: str) -> str:
    return f"test-{part or 'suites'}"


def _is_on_merge(name: str, environment: Mapping[str, Any]) -> bool:
    return bool(environment.get("publish", "manual" if name == "development" else "on-merge") == "on-merge")


def _ended(graph: Graph, situation: Situation) -> dict[str, str]:
    results: dict[str, str] = {}
    for job, needs in graph.items():
        passed = all(results.get(need) == "success" for need in needs)
        if job == "test":
            results[job] = "success" if passed else "failure"
        elif passed:
            refused = job == "refuse" or (job == "version" and situation.event.ref != REFS["main"])
            results[job] = "failure" if refused or job == situation.failing else "success"
    return results


def _expected(manifest: Mapping[str, Any], situation: Situation) -> dict[str, Graph]:
    """The jobs of each workflow that starts."""
    event, on_main = situation.event, situation.event.ref == REFS["main"]
    graphs: dict[str, Graph] = {}
    if situation.workflow in ("", "test"):
        graphs |= _expected_test(manifest, event)
    for name, part in _publishing(manifest).items():
        if situation.workflow not in ("", name):
            continue
        if name == "release" and event.name == "workflow_dispatch":
            graphs[name] = _release(manifest) if on_main else {"version": []}
        elif name != "release" and event.name == "push" and on_main:
            on_merge = [e for e, settings in manifest["environments"].items() if _is_on_merge(e, settings)]
            if any(fnmatch(situation.changed, pattern) for pattern in part.get("paths", ["*"])):
                graphs[name] = _publish(manifest, name, on_merge)
        elif name != "release" and event.name == "workflow_dispatch":
            chosen = event.payload["inputs"]["environment"]
            by_hand = not _is_on_merge(chosen, manifest["environments"][chosen])
            allowed = on_main or (by_hand and event.ref.startswith("refs/heads/"))
            graphs[name] = _publish(manifest, name, [chosen]) if allowed else {"refuse": []}
    return graphs


def _expected_test(manifest: Mapping[str, Any], event: Event) -> dict[str, Graph]:
    # A push to main is left to publishing, where that always runs every test.
    elsewhere = manifest.get("kind") != "library" and not any("paths" in part for part in _parts(manifest).values())
    unheard = event.ref.startswith(("refs/tags/", "refs/heads/gh-readonly-queue/"))
    if event.name == "push" and (unheard or (event.ref == REFS["main"] and elsewhere)):
        return {}
    tests = _tests(manifest)
    if event.name == "pull_request":
        head = event.payload["pull_request"]["head"]
        was_pushed = not head["repo"]["fork"] and not (head["ref"] == "main" and elsewhere)
        tests = [] if was_pushed else tests
    return {"test": {**{job: [] for job in tests}, "test": tests}}


def _publish(manifest: Mapping[str, Any], workflow: str, environments: list[str]) -> Graph:
    id, part = workflow.removeprefix("publish").removeprefix("-"), _publishing(manifest)[workflow]
    test = _test(id)
    graph: dict[str, list[str]] = {test: []}
    filesets = part.get("files", [])
    filesets = filesets if isinstance(filesets, list) else [filesets]
    has_code = part["kind"] == "application" or "image" in part or "packages" in part.get("lambda", {})
    builds = ["build"] if has_code or any("build" not in fileset for fileset in filesets) else []
    graph |= {build: [test] for build in builds}
    for environment in environments:
        own = [f"build-{environment}"] if any("build" in fileset for fileset in filesets) else []
        graph |= {build: [test] for build in own}
        after = manifest["environments"][environment].get("after")
        first = [f"publish-{after}"] if after in environments else []
        graph[f"publish-{environment}"] = [*builds, *own, *first]
    return graph


def _release(manifest: Mapping[str, Any]) -> Graph:
    tests = _tests(manifest)
    return {"version": [], **{job: ["version"] for job in tests}, "release": tests}
