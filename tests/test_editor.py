"""What a person sees who writes a manifest in an editor, by the real yaml-language-server and the committed schema.

Where a golden text changes, read it as that person would: nothing in it may lead astray.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import jsonschema
import pytest
from ruamel.yaml import YAML
from syrupy.assertion import SnapshotAssertion

from cases import ACCEPTED, EXAMPLES, PROJECT
from editor.server import Message, Server
from pipegen.manifest.documentation import sections
from pipegen.manifest.root import MODELS, ROOTS
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import ListOf, MapOf, Record, Shape, keys

SCHEMA = jsonschema.Draft7Validator(json.loads((PROJECT / "schema/deploy.schema.json").read_text()))
PROPERTY = 10
"""The kind of what is offered that is a key, and not a snippet."""
MODELINE = "# yaml-language-server: $schema=deploy.schema.json\n"
APPLICATION = """\
version: 1
kind: application
name: data-val-fe
repository: acme/data-val-fe
test:
  python: "3.12"
  suites:
    unit: make test-unit
service: {port: 8080}
environments:
  production: {account: "444455556666"}
"""
LIBRARY = """\
version: 1
kind: library
name: planning-points
repository: acme/planning-points
test:
  suites:
    unit: make test-unit
"""
COMPONENTS = """\
version: 1
repository: acme/data-val-fe
test: {suites: {unit: make test-unit}}
components:
  api: {kind: application, name: api}
environments:
  production: {account: "444455556666"}
"""
MISTAKES = {
    "a misspelt key": APPLICATION.replace("port:", "prt:"),
    "a misspelt key at the top": APPLICATION.replace("environments:", "enviroments:"),
    "a misspelt gate": APPLICATION.replace('"444455556666"', '"444455556666", aproval: {reviewers: [a]}'),
    "a section of another kind": LIBRARY + "service: {port: 8080}\n",
    "an unknown kind": APPLICATION.replace("application", "aplication"),
    "no kind": APPLICATION.replace("kind: application\n", ""),
    "an account that is a number": APPLICATION.replace('"444455556666"', "444455556666"),
    "an account of eleven digits": APPLICATION.replace("444455556666", "44445555666"),
    "a version that is a number": APPLICATION.replace('"3.12"', "3.10"),
    "a lone text that is none": APPLICATION.replace('"3.12"', "three"),
    "a misspelt key of a suite": APPLICATION.replace("make test-unit", "{runs: make test-unit}"),
    "a suite that is a list": APPLICATION.replace("make test-unit", "[make, test-unit]"),
    "a word that is none of the list": APPLICATION.replace("{account", "{publish: on-marge, account"),
    "yes for a section": APPLICATION.replace("{account", "{approval: yes, account"),
    "yes for true": APPLICATION + "image: {attest: yes}\n",
    "a quoted number": APPLICATION.replace("8080", '"8080"'),
    "a name in capitals": APPLICATION.replace("  production:", "  Production:"),
    "a reserved variable": APPLICATION.replace("  suites:", "  env: {PATH: bin}\n  suites:"),
    "an expression": APPLICATION.replace("make test-unit", "make ${{ github.sha }}"),
    "a missing section": LIBRARY.partition("test:")[0],
    "both a kind and components": APPLICATION + "components: {api: {kind: application, name: api}}\n",
    "a misspelt key of a component": COMPONENTS.replace("name: api", "name: api, pats: [api/**]"),
    "a component of an unknown kind": COMPONENTS.replace("application", "library"),
    "a component without a name": COMPONENTS.replace(", name: api", ""),
    "the image of one component for all": COMPONENTS + "image: {dockerfile: api/Dockerfile}\n",
    "a key without a value": APPLICATION.replace('{account: "444455556666"}', "\n    account:"),
    "a path that leads out": APPLICATION + "image: {dockerfile: ../Dockerfile}\n",
}
# Where the place is that is marked in the text.
COMPLETIONS = {
    "an empty file": "|",
    "after the kind application": "kind: application\n|",
    "after the kind data-task": "kind: data-task\n|",
    "after the kind library": "kind: library\n|",
    "after components": "components:\n  api: {kind: application, name: api}\n|",
    "the kind": "kind: |",
    "in test": "kind: library\ntest:\n  |",
    "in suites": "kind: library\ntest:\n  suites:\n    |",
    "in a suite": "kind: library\ntest:\n  suites:\n    unit:\n      |",
    "in reports": "kind: library\ntest:\n  reports:\n    |",
    "in waivers": "kind: library\ntest:\n  waivers:\n    |",
    "in a service of the tests": "kind: library\ntest:\n  services:\n    postgres:\n      |",
    "in release": "kind: library\nrelease:\n  |",
    "in image": "kind: application\nimage:\n  |",
    "in service": "kind: application\nservice:\n  |",
    "in deployment": "kind: application\nservice:\n  deployment:\n    |",
    "the traffic": "kind: application\nservice:\n  deployment:\n    traffic: |",
    "in task": "kind: data-task\ntask:\n  |",
    "in lambda": "kind: data-task\nlambda:\n  |",
    "in a package": "kind: data-task\nlambda:\n  packages:\n    notifier:\n      |",
    "in files": "kind: data-task\nfiles:\n  |",
    "in platform": "kind: application\nplatform:\n  |",
    "in notifications": "kind: application\nnotifications:\n  |",
    "in environments": "kind: application\nenvironments:\n  |",
    "in an environment of an application": "kind: application\nenvironments:\n  staging:\n    |",
    "in an environment of a data task": "kind: data-task\nenvironments:\n  staging:\n    |",
    "in an environment of components": "components: {api: {kind: application}}\nenvironments:\n  staging:\n    |",
    "in a component": "components:\n  api:\n    |",
    "an account": "kind: application\nenvironments:\n  staging:\n    account: |",
    "what publishes": "kind: application\nenvironments:\n  staging:\n    publish: |",
}
HOVERS = {
    "a kind": "kind: |application",
    "a key at the top": "|repository: acme/data-val-fe",
    "a section": "  |python",
    "a suite": "    |unit",
    "a port": "port: |8080",
    "an account": "|account",
}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An editor with the manifest of a repository open, beside which the published schema stands."""
    folder = tmp_path_factory.mktemp("repository")
    (folder / "deploy.schema.json").write_bytes((PROJECT / "schema/deploy.schema.json").read_bytes())
    with Server(folder) as server:
        yield server


def test_what_is_said_of_mistakes(editor: Server, golden_text: SnapshotAssertion) -> None:
    said = {name: _said(text, editor.problems(MODELINE + text)) for name, text in MISTAKES.items()}
    assert [name for name, one in said.items() if not one] == []
    assert _titled(said) == golden_text


def test_nothing_is_said_of_what_compiles(editor: Server) -> None:
    for manifest in (*ACCEPTED, *(example / "deploy.yaml" for example in EXAMPLES)):
        lines = manifest.read_text().splitlines(keepends=True)
        text = "".join(line for line in lines if "$schema=" not in line)
        assert editor.problems(MODELINE + text) == [], manifest


def test_what_is_offered(editor: Server, golden_text: SnapshotAssertion) -> None:
    offered = {}
    for name, marked in COMPLETIONS.items():
        before, _, after = (MODELINE + marked).partition("|")
        editor.write(before + after)
        offered[name] = "".join(_offered(item) for item in editor.complete(*_end(before)))
    assert _titled(offered) == golden_text


def test_every_section_offers_its_keys_and_no_others(editor: Server) -> None:
    offered, expected = {}, {}
    for head, model, keys_above in _places():
        text = MODELINE + head
        editor.write(text)
        labels = {item["label"] for item in editor.complete(*_end(text)) if item["kind"] == PROPERTY}
        offered[head], expected[head] = labels, set(keys(model)) - keys_above
    assert {model for _, model, _ in _places()} == sections() | set(ROOTS)
    assert offered == expected


def _places() -> Iterator[tuple[str, type[Section], set[str]]]:
    """A place in each section, as the text above it, and the keys that this states there already."""
    seen: set[type[Section]] = set()
    for model in ROOTS:
        kind = next((kind for kind, other in MODELS.items() if other is model), None)
        head = f"kind: {kind}\n" if kind else "components: {api: {kind: application}}\n"
        yield head, model, {"kind"} if kind else {"components"}
        waiting: list[tuple[str, str, Shape]] = []
        for key, one in keys(model).items():
            top = "" if head.startswith(f"{key}:") else head
            waiting.append((f"{top}{key}:\n  ", "  ", one.shape))
        while waiting:
            before, margin, shape = waiting.pop(0)
            match shape:
                case Record(inner) if inner not in seen:
                    seen.add(inner)
                    yield before, inner, set()
                    deeper = margin + "  "
                    waiting += [(f"{before}{key}:\n{deeper}", deeper, one.shape) for key, one in keys(inner).items()]
                case MapOf(name, value):
                    deeper = margin + "  "
                    waiting.append((f"{before}{name.example}:\n{deeper}", deeper, value))
                case ListOf(item):
                    waiting.append((f"{before}", margin, item))


def test_what_is_shown_where_the_mouse_rests(editor: Server, golden_text: SnapshotAssertion) -> None:
    text = MODELINE + APPLICATION
    assert editor.problems(text) == []
    shown = {}
    for name, marked in HOVERS.items():
        at = text.index(marked.replace("|", "")) + marked.index("|")
        shown[name] = editor.hover(*_end(text[:at])).partition("\n\nSource: ")[0]
    assert _titled(shown) == golden_text


@pytest.mark.parametrize("name", ["a whole application", "a whole data task", "a whole library"])
def test_a_manifest_that_is_written_at_one_stroke_is_valid(editor: Server, name: str) -> None:
    editor.write(MODELINE)
    (offered,) = (item for item in editor.complete(1, 0) if item["label"] == name)
    text = _typed(offered["insertText"])
    assert list(SCHEMA.iter_errors(YAML(typ="safe", pure=True).load(text))) == []
    assert editor.problems(MODELINE + text) == []


def test_what_is_offered_can_stay_as_it_is_written(editor: Server) -> None:
    """Whatever is offered at a place, taken as it is, is no mistake there, but for what has yet to be written."""
    wrong = []
    for name, marked in COMPLETIONS.items():
        before, _, after = marked.partition("|")
        editor.write(MODELINE + before + after)
        line, character = _end(MODELINE + before)
        for item in editor.complete(line, character):
            text = before + _typed(item["insertText"]).replace("\n", "\n" + " " * character) + after
            errors = SCHEMA.iter_errors(YAML(typ="safe", pure=True).load(text))
            wrong += [f"{name}, {item['label']}: {one.message}" for one in errors if not _has_yet_to_be_written(one)]
    assert wrong == []


def _has_yet_to_be_written(error: jsonschema.ValidationError) -> bool:
    return error.validator in ("required", "minProperties", "minItems") or error.instance is None


def _end(text: str) -> tuple[int, int]:
    """The place behind the last character, counted from 0."""
    return text.count("\n"), len(text.rpartition("\n")[2])


def _typed(snippet: str) -> str:
    """A snippet as it stands in the text once each of its stops was left as it is."""
    kept = re.sub(r"\$\{[0-9]+(?::((?:[^}\\]|\\.)*))?\}|\$[0-9]+", lambda stop: stop[1] or "", snippet)
    return re.sub(r"\\([$}\\])", r"\1", kept)


def _titled(parts: dict[str, str]) -> str:
    return "\n".join(f"== {name} ==\n{part.rstrip()}\n" for name, part in parts.items())


def _said(text: str, diagnostics: list[Message]) -> str:
    """Each message below the line that it is about, as an editor underlines it."""
    lines = (MODELINE + text).splitlines()
    said = ""
    for found in diagnostics:
        start, end = found["range"]["start"], found["range"]["end"]
        width = end["character"] - start["character"] if end["line"] == start["line"] else 1
        said += f"{lines[start['line']]}\n{' ' * start['character']}{'^' * max(width, 1)} {found['message']}\n"
    return said


def _offered(item: Message) -> str:
    documentation = item.get("documentation", "")
    told = documentation["value"] if isinstance(documentation, dict) else documentation
    inserted = str(item["insertText"]).replace("\n", "\n    ")
    return f"{item['label']}: {told}\n    {inserted}\n"
