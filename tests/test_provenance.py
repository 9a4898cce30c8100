"""What decides a compiled line: held against what really changes when a person edits the text of a manifest."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest

from cases import ACCEPTED, EXAMPLES, PROJECT, compiled
from pipegen.compiler import MANIFEST, Compilation, compile_manifest
from pipegen.diagnostics import Place
from pipegen.document import Mapping, Node, Scalar, Sequence
from pipegen.effective import effective
from pipegen.files import WorkTree
from pipegen.kinds import lower
from pipegen.provenance import Provenance, _compiled
from pipegen.route import Route
from pipegen.source import read
from pipegen.validate import validate
from random_manifests import manifest as random_manifest

T = TypeVar("T")
APPLICATION = PROJECT / "examples/application"
SAYS_NOTHING = {"version", "kind", "name", "description", "runtime", "source", "paths"}
"""Keys that need not decide a line: a library's name, or a source that a build replaces."""


def finished(steps: Generator[None, None, T]) -> T:
    """What a generator returns in the end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found


def compilation(manifest: Path) -> Compilation:
    """What a manifest of an example, or an accepted one, compiles to."""
    if manifest.parent in EXAMPLES:
        return compile_manifest(manifest.read_bytes(), WorkTree(manifest.parent))
    return compiled(manifest)


def scalars(node: Node, route: Route = ()) -> list[Route]:
    """The routes of every value that is no mapping and no list."""
    match node:
        case Scalar():
            return [route]
        case Mapping(entries=entries):
            return [found for key, child in entries for found in scalars(child, (*route, key.text))]
        case Sequence(items=items):
            return [found for index, item in enumerate(items) for found in scalars(item, (*route, index))]


def of_application(old: str, new: str) -> dict[str, list[str]]:
    """The lines of what the example compiles to, with one text of its manifest replaced by another."""
    text = (APPLICATION / MANIFEST).read_text(encoding="utf-8")
    assert text.count(old) == 1
    files = compile_manifest(text.replace(old, new).encode(), WorkTree(APPLICATION)).files
    assert files is not None
    return {path: content.split("\n") for path, content in files.items()}


@pytest.mark.parametrize(
    ("route", "old", "new"),
    [
        (("service", "cpu"), "cpu: 512", "cpu: 256"),
        (("service", "port"), "port: 8080", "port: 9000"),
        (("environments", "production", "service", "domain"), "search.planning", "search.plans"),
        (("environments", "staging", "account"), "111122223333", "999900001111"),
        (("environments", "production", "service", "count", "min"), "min: 4", "min: 5"),
        (("environments", "production", "approval", "reviewers", 0), "infrastructure-deployers", "somebody-else"),
        (("test", "suites", "unit"), "make test-unit", "make quick"),
        (("test", "node"), '"22"', '"24"'),
        (("test", "services", "postgres", "port"), "port: 5432", "port: 5433"),
        (("test", "reports", "junit", 0), ".junitxml/*.xml", "reports/*.xml"),
        (("image", "target"), "target: production", "target: release"),
        (("image", "before", 1), "npm run build", "npm run all"),
        (("image", "tag"), "tag: latest", "tag: newest"),
        (("notifications", "slack", "channel"), "C0123456", "C6543210"),
        (("repository", "name"), "digital-land/planning-search", "digital-land/planning"),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_the_lines_that_an_edit_of_the_text_changes_are_those_that_are_told(route: Route, old: str, new: str) -> None:
    before, after = of_application(old, old), of_application(old, new)
    assert before.keys() == after.keys()
    changed = {
        (path, number)
        for path, lines in before.items()
        for number, (line, other) in enumerate(zip(lines, after[path], strict=True), 1)
        if line != other
    }
    told = finished(Provenance(compilation(APPLICATION / MANIFEST)).of(Place(route)))
    assert {(one.path, number) for one in told for number in range(one.first, one.last + 1)} == changed
    assert changed


def test_a_name_is_told_with_everything_that_is_called_by_it() -> None:
    told = finished(Provenance(compilation(APPLICATION / MANIFEST)).of(Place(("environments", "staging"), key=True)))
    lines = of_application("  staging:\n", "  staging:\n")
    named = {
        (path, number)
        for path, content in lines.items()
        for number, line in enumerate(content, 1)
        if "staging" in line and not path.startswith("deploy/modules")
    }
    assert named <= {(one.path, number) for one in told for number in range(one.first, one.last + 1)}
    assert any(path == ".github/workflows/publish.yml" for path, _ in named)


@pytest.mark.parametrize(
    "manifest", [path / MANIFEST for path in EXAMPLES] + ACCEPTED, ids=lambda path: str(path)[-40:]
)
def test_every_value_decides_a_line(manifest: Path) -> None:
    found = compilation(manifest)
    assert found.document
    decided = {one.route for one in finished(Provenance(found).all())}
    silent = {route for route in scalars(found.document.root) if route not in decided}
    assert {route for route in silent if not SAYS_NOTHING & {*map(str, route[-2:])}} == set()


@pytest.mark.parametrize("seeds", [range(2), pytest.param(range(2, 40), marks=pytest.mark.slow)], ids=["few", "many"])
def test_the_places_of_any_manifest_can_be_told(seeds: range) -> None:
    """Whatever is said instead of a value, it compiles: nothing raises, and each line that is told of is there."""
    for seed in seeds:
        as_written = random_manifest(seed).compiled()
        files = as_written.files
        assert files is not None
        found = finished(Provenance(as_written).all())
        assert len(found) > 5
        for one in found:
            assert all(1 <= s.first <= s.last <= files[s.path].count("\n") + 1 for s in one.stretches), (
                seed,
                one.route,
            )


def test_what_does_not_compile_has_no_provenance() -> None:
    found = compile_manifest(b"version: 1\nkind: library\n", WorkTree(PROJECT))
    with pytest.raises(ValueError, match="cannot be compiled"):
        Provenance(found)


# What a setting is in each environment


@pytest.mark.parametrize("seeds", [range(8), pytest.param(range(8, 100), marks=pytest.mark.slow)], ids=["few", "many"])
def test_what_is_told_of_an_environment_is_what_is_compiled_for_it(seeds: range) -> None:
    """Of regions, credentials, sizes and variables, by an independent way: through the lowering."""
    compared = 0
    for seed in seeds:
        read_document = read(random_manifest(seed).text.encode(), MANIFEST).document
        assert read_document
        manifest = validate(read_document).manifest
        assert manifest
        pipeline = lower(manifest)
        for component in pipeline.components:
            above: Route = ("components", component.id) if component.id else ()
            for publication in component.publications:
                name = publication.environment.name
                told = {one.environment: one for one in effective(manifest, ("region",))}
                assert told[name].value == publication.environment.region
                told = {one.environment: one for one in effective(manifest, ("credentials",))}
                assert told[name].value == publication.environment.credentials
                runs = publication.service or publication.task
                if runs is None:
                    continue
                section = "service" if publication.service else "task"
                for key in ("cpu", "memory", "variables"):
                    told = {one.environment: one for one in effective(manifest, (*above, section, key))}
                    assert told[name].value == getattr(runs.container, key), (seed, name, key)
                    compared += 1
    assert compared > 10


def test_who_states_a_setting_is_told() -> None:
    validation = compilation(APPLICATION / MANIFEST).validation
    assert validation
    manifest = validation.manifest
    assert manifest

    def told(*route: str) -> dict[str, tuple[object, Route | None]]:
        return {one.environment: (one.value, one.origin) for one in effective(manifest, route)}

    minimum = ("environments", "production", "service", "count", "min")
    assert (
        told("service", "count", "min")
        == told(*minimum)
        == {
            "development": (2, None),
            "production": (4, minimum),
            "staging": (2, None),
        }
    )
    assert told("service", "cpu")["staging"] == (512, ("service", "cpu"))
    assert told("environments", "staging", "publish")["development"] == ("manual", None)
    assert told("environments", "staging", "publish")["staging"] == ("on-merge", None)
    assert told("test", "python") == told("name") == told("environments") == told("environments", "staging") == {}
    assert effective(manifest, ()) == ()


def test_a_section_that_is_replaced_whole_hides_what_is_stated_for_all() -> None:
    text = (
        "version: 1\nkind: application\nname: a\nrepository: o/r\n"
        "test: {suites: {lint: a, unit: a, integration: a, acceptance: a}}\n"
        "notifications: {topic: everybody}\n"
        'environments:\n  staging: {account: "012345678901"}\n'
        '  production: {account: "012345678902", notifications: {slack: {workspace: T0123456, channel: C0123456}}}\n'
    )
    found = read(text.encode(), MANIFEST).document
    assert found
    manifest = validate(found).manifest
    assert manifest
    told = {one.environment: one for one in effective(manifest, ("notifications", "topic"))}
    assert (told["staging"].value, told["staging"].origin) == ("everybody", ("notifications", "topic"))
    assert told["production"].value is None
    assert told["production"].origin == ("environments", "production", "notifications", "topic")


def test_accepted_manifests_compile_as_they_are() -> None:
    """What the provenance compares with is made as what `compile` would write."""
    for manifest in ACCEPTED:
        found = compiled(manifest)
        assert found.document
        assert _compiled(found.document) == found.files
