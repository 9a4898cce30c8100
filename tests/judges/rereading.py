"""Whether two generations of YAML readers see the same thing, spelled with nothing but plain YAML."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from .programs import JudgeError, node, output
from .reading import YAML_1_1, workflow
from .verdict import Verdict

_SCRIPT = Path(__file__).with_name("reread.cjs")
_MODULE = Path(__file__).parents[2] / "node_modules" / "yaml"
_ABSENT = object()


def readers(paths: Sequence[Path]) -> Verdict:
    """Compare PyYAML (YAML 1.1) with JavaScript's yaml (YAML 1.2); `read` counts the files that both could read.

    Types count: `1`, `1.0` and `true` are three different values. Anchors, aliases and tags are findings too.
    """
    findings: list[str] = []
    read = 0
    answers = _by_javascript(paths)
    for path in paths:
        text, answer = path.read_text(encoding="utf-8"), answers[str(path)]
        try:
            old = workflow(text)
        except (TypeError, ValueError, yaml.YAMLError) as error:
            answer = {"error": str(error)}
        if "error" in answer:
            findings.append(f"{path}: unreadable: {' '.join(answer['error'].split())}")
            continue
        read += 1
        findings += [
            f"{path}: {finding}" for finding in (*_differences(old, answer["read"], "$"), *_beyond_plain(text))
        ]
    return Verdict(tuple(findings), read)


def _by_javascript(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """By path what the other reader sees in the file, or why it cannot read it."""
    if not _MODULE.is_dir():
        pytest.skip("node_modules is missing: run `npm ci`")
    run = output(node(), _SCRIPT, *paths)
    if run.returncode != 0:
        raise JudgeError(run.stderr)
    answers: dict[str, dict[str, Any]] = json.loads(run.stdout, object_hook=_value)
    return answers


def _value(found: dict[str, Any]) -> Any:
    return dict(found["map"]) if "map" in found else found


def _differences(old: Any, new: Any, place: str) -> Iterator[str]:
    if type(old) is not type(new):
        yield f"differs: {place}: {old!r} in YAML 1.1, {new!r} in YAML 1.2"
    elif isinstance(old, dict):
        # By type as well as by value, since Python takes the keys 1 and True for one.
        left, right = ({(type(key), key): value for key, value in side.items()} for side in (old, new))
        for kind, key in dict.fromkeys((*left, *right)):
            pair = left.get((kind, key), _ABSENT), right.get((kind, key), _ABSENT)
            if _ABSENT in pair:
                yield f"differs: {place}: the key {key!r} in YAML 1.{1 if pair[1] is _ABSENT else 2} only"
            else:
                yield from _differences(*pair, f"{place}.{key}")
    elif isinstance(old, list):
        if len(old) != len(new):
            yield f"differs: {place}: {len(old)} items in YAML 1.1, {len(new)} in YAML 1.2"
        for index, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from _differences(one, other, f"{place}[{index}]")
    elif not isinstance(old, str | int | float | None):
        yield f"differs: {place}: a {type(old).__name__}, which many readers take for a string"
    elif old != new:
        yield f"differs: {place}: {old!r} in YAML 1.1, {new!r} in YAML 1.2"


def _beyond_plain(text: str) -> Iterator[str]:
    for event in yaml.parse(text, Loader=YAML_1_1):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            yield f"alias: line {line}: *{event.anchor}"
        elif isinstance(event, yaml.NodeEvent):
            if event.anchor is not None:
                yield f"anchor: line {line}: &{event.anchor}"
            if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
                yield f"tag: line {line}: {event.tag}"
        elif isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            yield f"directive: line {line}"
