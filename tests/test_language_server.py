"""`pipegen lsp` as an editor meets it: the real process, over its standard input and output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from cases import PROJECT
from lsp.client import PIPEGEN, Client
from pipegen.lsp.answers import Answers
from pipegen.lsp.checking import check
from pipegen.lsp.loop import RefusedError
from pipegen.lsp.text import Encoding
from pipegen.lsp.workspace import Workspace
from pipegen.seen import OWNED

MANIFEST = "deploy.yaml"
TEST_WORKFLOW = ".github/workflows/test.yml"
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, REQUEST_CANCELLED, CONTENT_MODIFIED = -32002, -32800, -32801


@pytest.fixture(scope="session")
def compiled_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example without its warning, compiled."""
    copy = tmp_path_factory.mktemp("example") / "application"
    shutil.copytree(PROJECT / "examples/application", copy)
    (copy / MANIFEST).write_text(manifest(copy).replace("  tag: latest\n", ""), encoding="utf-8")
    subprocess.run([PIPEGEN, "compile"], cwd=copy, check=True)
    return copy


@pytest.fixture
def repository(compiled_example: Path, tmp_path: Path) -> Path:
    """A compiled repository of which nothing can be said."""
    return Path(shutil.copytree(compiled_example, tmp_path / "a repository with spaces é"))


@pytest.fixture(scope="module")
def running(compiled_example: Path) -> Iterator[Client]:
    """One server for many tests, none of which changes a file."""
    with Client(compiled_example) as editor:
        yield editor
        assert editor.close() == 0


def manifest(repository: Path) -> str:
    """The manifest of a repository."""
    return (repository / MANIFEST).read_text(encoding="utf-8")


def quoted(text: str, found: dict[str, Any], encoding: str = "utf-16-le") -> str:
    """What stands in a text, of one line, at a range of the protocol."""
    start, end = found["start"], found["end"]
    assert start["line"] == end["line"]
    unit = {"utf-16-le": 2, "utf-8": 1, "utf-32-le": 4}[encoding]
    line = text.split("\n")[start["line"]].encode(encoding)
    return str(line[start["character"] * unit : end["character"] * unit], encoding)


# What is told while somebody types


def test_what_no_schema_can_know_is_told_at_its_place_with_what_it_is_about(repository: Path) -> None:
    text = manifest(repository).replace("after: staging", "after: development")
    with Client(repository) as editor:
        (found,) = editor.open(MANIFEST, text)
    assert quoted(text, found["range"]) == "development"
    assert (found["severity"], found["code"], found["source"]) == (1, "after-manual", "pipegen PG210")
    first, second = found["message"].split("\n")
    assert first == "`production` is published on merge, but `development`, which it waits for, by hand"
    assert second.startswith("help: publish both the same way")
    (related,) = found["relatedInformation"]
    assert related["message"] == "published by hand"
    assert related["location"]["uri"] == (repository / MANIFEST).as_uri()
    assert quoted(text, related["location"]["range"]) == "development"


def test_a_file_that_is_not_there_is_told_of_until_it_is(repository: Path) -> None:
    with Client(repository) as editor:
        assert editor.open(MANIFEST) == []
        (repository / "Dockerfile").rename(repository / "Containerfile")
        event = {"uri": (repository / "Dockerfile").as_uri(), "type": 3}
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [event]})
        editor.wait_for(MANIFEST, "missing-file")
        (repository / "Containerfile").rename(repository / "Dockerfile")
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [event]})
        assert editor.wait_for(MANIFEST) == []


def test_what_is_told_of_a_file_is_asked_again_whenever_the_editor_asks(repository: Path) -> None:
    """No message says that the Dockerfile was put back."""
    (repository / "Dockerfile").rename(repository / "Containerfile")
    with Client(repository) as editor:
        editor.open(MANIFEST)
        (found,) = editor.wait_for(MANIFEST, "missing-file")
        at = found["range"]["start"].values()
        assert "# missing-file (PG" in editor.at("hover", MANIFEST, *at)["contents"]["value"]
        (repository / "Containerfile").rename(repository / "Dockerfile")
        assert "# missing-file" not in editor.at("hover", MANIFEST, *at)["contents"]["value"]
        assert editor.wait_for(MANIFEST) == []


def watched(editor: Client) -> set[str]:
    """The patterns of the files that the editor watches for the server now."""
    found: dict[str, set[str]] = {}
    for message in editor.told:
        if message["method"] == "client/registerCapability":
            for one in message["params"]["registrations"]:
                found[one["id"]] = {watcher["globPattern"] for watcher in one["registerOptions"]["watchers"]}
        elif message["method"] == "client/unregisterCapability":
            for one in message["params"]["unregisterations"]:
                del found[one["id"]]
    return set().union(*found.values())


def test_the_files_that_a_manifest_names_are_watched_however_deep_they_stand(repository: Path) -> None:
    text = manifest(repository).replace("image:\n", "image:\n  dockerfile: a/b/c/d/e/Dockerfile\n")
    schema = "# yaml-language-server: $schema=schemas/deploy.schema.json\n"
    with Client(repository, watches=True) as editor:
        editor.open(MANIFEST, schema + text)
        editor.wait_for(MANIFEST, "schema-of-another", "missing-file")
        editor.at("hover", MANIFEST, 0, 0)
        owned = {f"**/{pattern}" for pattern in (MANIFEST, *OWNED)}
        assert owned < watched(editor)
        named = {"**/a", "**/a/b/c/d/e", "**/a/b/c/d/e/Dockerfile", "**/schemas", "**/schemas/deploy.schema.json"}
        assert named < watched(editor)
        (repository / "a/b/c/d/e").mkdir(parents=True)
        (repository / "a/b/c/d/e/Dockerfile").touch()
        event = {"uri": editor.uri("a/b/c/d/e/Dockerfile"), "type": 1}
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [event]})
        editor.wait_for(MANIFEST, "schema-of-another")
        shutil.rmtree(repository / "a")  # of which an editor tells by the folder alone
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": editor.uri("a"), "type": 3}]})
        editor.wait_for(MANIFEST, "schema-of-another", "missing-file")
        assert editor.type(MANIFEST, manifest(repository)) == []
        editor.at("hover", MANIFEST, 0, 0)
        assert owned < watched(editor)
        assert not named & watched(editor)


def test_a_file_of_the_same_name_below_the_root_of_a_repository_is_no_manifest(repository: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=repository, check=True)
    (repository / "k8s").mkdir()
    (repository / "k8s" / MANIFEST).write_text("apiVersion: apps/v1\nkind: Deployment\n")
    (repository / "k8s/service.tf").touch()
    with Client(repository) as editor:
        editor.open("k8s/service.tf")
        editor.open(f"k8s/{MANIFEST}")
        assert editor.at("hover", f"k8s/{MANIFEST}", 1, 1) is None
        assert editor.at("completion", f"k8s/{MANIFEST}", 1, 6) == []
        editor.wait_for(MANIFEST)
        (repository / MANIFEST).unlink()
        asked = {"command": "pipegen.compile", "arguments": [editor.uri(f"k8s/{MANIFEST}")]}
        assert editor.refused("workspace/executeCommand", asked)["code"] == INVALID_PARAMS
        assert editor.told_of == {editor.uri(MANIFEST)}


@pytest.mark.parametrize(
    ("offered", "chosen", "codec"),
    [
        (None, "utf-16", "utf-16-le"),
        (["utf-16"], "utf-16", "utf-16-le"),
        (["utf-16", "utf-8"], "utf-8", "utf-8"),
        (["utf-8", "utf-32"], "utf-32", "utf-32-le"),
        (["utf-7"], "utf-16", "utf-16-le"),
    ],
)
def test_columns_are_counted_as_the_editor_counts(
    repository: Path, offered: list[str] | None, chosen: str, codec: str
) -> None:
    text = manifest(repository).replace("  env: {DATABASE_URL", '  env: {A: "😀é", B: 2, DATABASE_URL')
    with Client(repository, encodings=offered) as editor:
        assert editor.capabilities["positionEncoding"] == chosen
        (found,) = editor.open(MANIFEST, text)
    assert found["code"] == "ambiguous-scalar"
    assert quoted(text, found["range"], codec) == "2"


@pytest.mark.parametrize("before", ["", "\ufeff", "# a line\r\n", "\ufeff# a line\r\n"], ids=ascii)
def test_marks_and_line_ends_move_nothing(running: Client, before: str) -> None:
    text = before + "version: 1\nkind: aplication\n"
    found = next(one for one in running.open(MANIFEST, text) if one["code"] == "invalid-value")
    assert quoted(text, found["range"]) == "aplication"


def test_a_carriage_return_alone_ends_a_line_of_the_protocol(repository: Path) -> None:
    with Client(repository) as editor:
        (found,) = editor.open(MANIFEST, "version: 1\nkind: \u200bx\rname: \u200by\n")[:1]
        assert found["range"]["start"] == {"line": 1, "character": 6}
        found = editor.type(MANIFEST, "a: 1\rb: \u200b\n")[-1]
    assert (found["code"], found["range"]["start"]) == ("forbidden-character", {"line": 1, "character": 3})


def test_what_is_half_typed_is_told_of_and_forgotten(repository: Path) -> None:
    """Every beginning of a manifest: the server lives, and what it says at the end is what it says of the whole."""
    text = manifest(repository)
    with Client(repository) as editor:
        assert editor.open(MANIFEST) == []
        for end in range(0, len(text), 37):
            for found in editor.type(MANIFEST, text[:end]):
                assert found["range"]["end"]["line"] <= text[:end].count("\n")
        assert editor.type(MANIFEST, text) == []


def test_typing_is_never_behind(repository: Path) -> None:
    """A flood of changes is checked a few times, and last as it is at the end."""
    text = manifest(repository)
    with Client(repository) as editor:
        editor.open(MANIFEST)
        before = editor.checks
        for number in range(300):
            editor.change(MANIFEST, text.replace("name: ", f"name: x{number}-", 1))
        assert editor.type(MANIFEST, text + "nonsense: 1\n")[0]["code"] == "unknown-key"
        assert editor.checks - before < 100


def test_nothing_is_told_of_what_is_closed_or_no_file(repository: Path) -> None:
    with Client(repository) as editor:
        editor.open(MANIFEST, "version: 2\n")
        editor.tell("textDocument/didClose", {"textDocument": {"uri": editor.uri(MANIFEST)}})
        assert editor.wait_for(MANIFEST) == []
        for uri in ("untitled:deploy.yaml", "git:/x/deploy.yaml", "file://host/deploy.yaml", "file:///%00/deploy.yaml"):
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": "version: 2\n"}
            editor.tell("textDocument/didOpen", {"textDocument": document})
        assert editor.close() == 0
    assert [message for message in editor.told if message["method"] == "window/logMessage"] == []


# What is compiled


def test_drift_is_told_at_the_manifest_and_at_the_file_once_it_is_saved(repository: Path) -> None:
    text = manifest(repository).replace("make lint", "make lint-all")
    with Client(repository) as editor:
        assert editor.open(MANIFEST) == []
        assert editor.type(MANIFEST, text) == []  # not saved yet
        editor.save(MANIFEST, text)
        (found,) = editor.wait_for(MANIFEST, "stale-output")
        (at_file,) = editor.wait_for(TEST_WORKFLOW, "stale-output")
    assert found["range"]["start"]["line"] == 0
    assert "and 1 more" in found["message"]
    assert [one["location"]["uri"] for one in found["relatedInformation"]] == [
        (repository / path).as_uri() for path in (".github/workflows/publish.yml", TEST_WORKFLOW)
    ]
    assert at_file["range"]["start"] == {"line": 0, "character": 0}


def test_compile_writes_only_what_is_saved_and_never_what_was_edited(repository: Path) -> None:
    text = manifest(repository).replace("make lint", "make lint-all")
    before = (repository / TEST_WORKFLOW).read_text()
    with Client(repository) as editor:
        editor.open(MANIFEST, text)
        asked = {"command": "pipegen.compile", "arguments": [editor.uri(MANIFEST)]}
        refused = editor.ask("workspace/executeCommand", asked)
        assert refused == {
            "succeeded": False,
            "message": "deploy.yaml has changes that are not saved. Save it, then compile.",
        }
        assert (repository / TEST_WORKFLOW).read_text() == before

        editor.save(MANIFEST, text)
        done = editor.ask("workspace/executeCommand", asked)
        assert done == {
            "succeeded": True,
            "message": "updated .github/workflows/publish.yml\nupdated .github/workflows/test.yml",
        }
        assert "make lint-all" in (repository / TEST_WORKFLOW).read_text()
        assert editor.wait_for(MANIFEST) == []

        (repository / TEST_WORKFLOW).write_text((repository / TEST_WORKFLOW).read_text() + "# mine\n")
        refused = editor.ask("workspace/executeCommand", asked)
        assert not refused["succeeded"]
        assert "hand-edited" in refused["message"]
        editor.wait_for(MANIFEST, "hand-edited")
    shown = [message["params"]["type"] for message in editor.told if message["method"] == "window/showMessage"]
    assert shown == [1, 3, 1]


def edited(text: str, action: dict[str, Any]) -> str:
    """A text after the edits of an action, whose columns are counted in UTF-32."""
    lines = text.split("\n")
    ((_, edits),) = action["edit"]["changes"].items()
    for edit in sorted(edits, key=lambda edit: tuple(edit["range"]["start"].values()), reverse=True):
        start, end = edit["range"]["start"], edit["range"]["end"]
        before, after = lines[start["line"]][: start["character"]], lines[end["line"]][end["character"] :]
        lines[start["line"] : end["line"] + 1] = (before + edit["newText"] + after).split("\n")
    return "\n".join(lines)


def offered(editor: Client, line: int, only: list[str] | None = None) -> list[dict[str, Any]]:
    """The actions that are offered on a line of the manifest."""
    place = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 0}}
    context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
    document = {"uri": editor.uri(MANIFEST)}
    found: list[dict[str, Any]] = editor.ask(
        "textDocument/codeAction", {"textDocument": document, "range": place, "context": context}
    )
    return found


def test_each_fix_is_offered_where_it_belongs_and_the_safe_ones_at_once(repository: Path) -> None:
    text = manifest(repository).replace('python: "3.13"', "python: 3.13  # 😀").replace('node: "22"', "node: 22")
    text = text.replace("  port: 8080", "  prt: 8080")
    lines = text.split("\n")
    with Client(repository, encodings=["utf-32"]) as editor:
        editor.open(MANIFEST, text)
        quote, everything = offered(editor, lines.index("  python: 3.13  # 😀"))
        assert (quote["title"], quote["kind"], quote["isPreferred"]) == ("Quote it", "quickfix", True)
        assert [one["code"] for one in quote["diagnostics"]] == ["ambiguous-scalar"]
        assert edited(text, quote) == text.replace("python: 3.13", 'python: "3.13"')
        assert everything["kind"] == "source.fixAll.pipegen"
        assert edited(text, everything) == text.replace("python: 3.13", 'python: "3.13"').replace("22\n", '"22"\n')
        rename, _ = offered(editor, lines.index("  prt: 8080"))
        assert (rename["title"], "isPreferred" in rename) == ("Write `port`", False)
        mended = edited(edited(text, everything), rename)
        assert mended == manifest(repository).replace('"3.13"', '"3.13"  # 😀')
        assert offered(editor, 1, ["source.fixAll"]) == [everything]
        assert offered(editor, 1, ["source.organizeImports", "quick"]) == []
        assert editor.type(MANIFEST, mended) == []
        assert offered(editor, 1) == []


def test_compiling_is_offered_where_files_are_not_as_compiled(repository: Path) -> None:
    (repository / TEST_WORKFLOW).unlink()
    with Client(repository) as editor:
        editor.open(MANIFEST)
        editor.wait_for(MANIFEST, "missing-output")
        (found,) = offered(editor, 9)
        assert found["title"] == "Compile deploy.yaml"
        done = editor.ask("workspace/executeCommand", {key: found["command"][key] for key in ("command", "arguments")})
        assert done == {"succeeded": True, "message": "wrote .github/workflows/test.yml"}
        assert editor.wait_for(MANIFEST) == []
        assert offered(editor, 9) == []


def test_compiling_moves_the_server_nowhere(repository: Path, tmp_path: Path) -> None:
    """It compiles a repository that it was not started in, also when the folder that it was started in has gone."""
    started_in = tmp_path / "gone"
    started_in.mkdir()
    (repository / TEST_WORKFLOW).unlink()
    with Client(started_in) as editor:
        started_in.rmdir()
        asked = {"command": "pipegen.compile", "arguments": [(repository / MANIFEST).as_uri()]}
        done = editor.ask("workspace/executeCommand", asked)
    assert done == {"succeeded": True, "message": "wrote .github/workflows/test.yml"}
    assert (repository / TEST_WORKFLOW).is_file()


def test_a_comment_that_silences_nothing_is_shown_faded(repository: Path) -> None:
    text = manifest(repository).replace("version: 1\n", "version: 1  # pipegen: ignore[moving-tag] it was needed\n")
    with Client(repository) as editor:
        (found,) = editor.open(MANIFEST, text)
    assert (found["code"], found["tags"]) == ("unused-suppression", [1])


def test_a_broken_manifest_is_not_compiled(repository: Path) -> None:
    (repository / MANIFEST).write_text("version: 1\n")
    with Client(repository) as editor:
        editor.open(MANIFEST)
        asked = {"command": "pipegen.compile", "arguments": [editor.uri(MANIFEST)]}
        refused = editor.ask("workspace/executeCommand", asked)
    assert not refused["succeeded"]
    assert "`kind` is missing" in refused["message"]


# From a key to what is compiled, and back


def place(text: str, words: str, offset: int = 0) -> tuple[int, int]:
    """Line and character of words that stand once in a text of ASCII."""
    assert text.count(words) == 1
    before = text[: text.index(words) + offset]
    return before.count("\n"), len(before.rpartition("\n")[2])


def lines_at(places: list[dict[str, Any]], repository: Path) -> list[tuple[str, list[str]]]:
    """The file and the lines of each place that an editor would go to."""
    found = []
    for one in places:
        path = Path(unquote(urlsplit(one["uri"]).path))
        lines = path.read_text(encoding="utf-8").split("\n")
        start, end = one["range"]["start"], one["range"]["end"]
        found.append((path.relative_to(repository).as_posix(), lines[start["line"] : end["line"] + 1]))
    return found


@pytest.mark.parametrize("method", ["definition", "references"])
def test_one_goes_from_a_key_to_the_lines_that_it_decides(repository: Path, method: str) -> None:
    text = manifest(repository)
    with Client(repository) as editor:
        editor.open(MANIFEST)
        found = editor.at(method, MANIFEST, *place(text, "make test-unit", 3))
        assert lines_at(found, repository) == [
            (path, ["        run: make test-unit"]) for path in (".github/workflows/publish.yml", TEST_WORKFLOW)
        ]
        found = editor.at(method, MANIFEST, *place(text, "min: 4"))
        assert lines_at(found, repository) == [
            ("deploy/production/main.tf", ["  tasks         = { min = 4, max = 12 }"])
        ]
        assert editor.at(method, MANIFEST, *place(text, "version: 1")) == []
        assert editor.at(method, MANIFEST, 6, 0) == []
        assert editor.at(method, MANIFEST, 10**6, 10**6) == []


def test_one_goes_from_a_line_back_to_the_key_and_sees_every_other(repository: Path) -> None:
    text, workflow = manifest(repository), (repository / TEST_WORKFLOW).read_text()
    with Client(repository) as editor:
        editor.open(TEST_WORKFLOW)
        found = editor.at("definition", TEST_WORKFLOW, *place(workflow, "run: make test-unit"))
        assert lines_at(found, repository) == [(MANIFEST, ["    unit: make test-unit"])]
        assert found[0]["range"]["start"] == dict(zip(("line", "character"), place(text, "unit: make"), strict=True))
        publish = (repository / ".github/workflows/publish.yml").read_text()
        needs = place(publish, "needs: [test-suites, build, publish-staging]")
        keys = editor.at("references", ".github/workflows/publish.yml", *needs)
        assert [line for _, (line,) in lines_at(keys, repository)] == [
            "    after: staging",
            "  staging:",
            "  production:",
        ]
        assert editor.at("hover", TEST_WORKFLOW, *place(workflow, "run: make test-unit"))["contents"] == {
            "kind": "markdown",
            "value": "Decided by `test.suites.unit` of deploy.yaml.",
        }
        assert editor.at("definition", TEST_WORKFLOW, *place(workflow, "name: Test\n")) == []
        assert editor.at("hover", TEST_WORKFLOW, 0, 0) is None


def test_lines_are_found_in_a_file_as_it_stands_in_the_editor(repository: Path) -> None:
    """Whoever has written ten lines above them still goes to the right ones, and back."""
    text, workflow = manifest(repository), (repository / TEST_WORKFLOW).read_text()
    moved = workflow.replace("name: Test\n", "# mine\r\n" * 10 + "name: Test\n", 1)
    with Client(repository) as editor:
        editor.open(MANIFEST)
        editor.open(TEST_WORKFLOW, moved)
        found = editor.at("definition", MANIFEST, *place(text, "make test-unit"))
        there = next(one for one in found if one["uri"] == editor.uri(TEST_WORKFLOW))
        assert there["range"]["start"]["line"] == place(workflow, "run: make test-unit")[0] + 10
        (back,) = editor.at("definition", TEST_WORKFLOW, there["range"]["start"]["line"], 12)
        assert back["range"]["start"]["line"] == place(text, "unit: make test-unit")[0]
        assert editor.at("definition", TEST_WORKFLOW, 4, 0) == []


def test_what_has_errors_compiles_to_nothing_yet(repository: Path) -> None:
    text = manifest(repository).replace("version: 1", "version: 2")
    with Client(repository) as editor:
        editor.open(MANIFEST, text)
        at = {"textDocument": {"uri": editor.uri(MANIFEST)}, "position": {"line": 1, "character": 0}}
        refused = editor.refused("textDocument/definition", at)
        assert refused == {"code": -32803, "message": "deploy.yaml has errors, so it compiles to nothing yet"}
        assert editor.at("definition", TEST_WORKFLOW, 9, 9) == []
        assert editor.at("hover", TEST_WORKFLOW, 9, 9) is None
        told = editor.at("hover", MANIFEST, 1, 9)["contents"]["value"]
        assert told.startswith("# unsupported-version (PG")  # the page of the rule, and no more is known
        assert editor.at("hover", MANIFEST, 2, 0) is None


def test_what_is_quick_overtakes_what_is_long_which_can_be_cancelled(repository: Path) -> None:
    """For the keys of a line every value is changed, one by one. Messages are sent together, so none is late."""
    publish = ".github/workflows/publish.yml"
    text = manifest(repository)
    line, character = place((repository / publish).read_text(), "needs: [test-suites, build, publish-staging]")
    with Client(repository) as editor:
        editor.open(MANIFEST)
        slow = {
            "method": "textDocument/definition",
            "params": {
                "textDocument": {"uri": editor.uri(publish)},
                "position": {"line": line, "character": character},
            },
        }
        line, character = place(text, "cpu:")
        quick = {
            "method": "textDocument/hover",
            "params": {
                "textDocument": {"uri": editor.uri(MANIFEST)},
                "position": {"line": line, "character": character},
            },
        }
        editor.write(slow | {"id": "slow"}, quick | {"id": "quick"})
        assert "1024 are one" in editor.answer("quick")["result"]["contents"]["value"]
        assert len(editor.answer("slow")["result"]) == 1
        editor.type(MANIFEST, f"{text}# more\n")
        editor.write(slow | {"id": "again"}, {"method": "$/cancelRequest", "params": {"id": "again"}})
        assert editor.answer("again")["error"]["code"] == REQUEST_CANCELLED
        assert editor.close() == 0


def test_an_answer_about_a_text_that_has_changed_is_refused(repository: Path) -> None:
    workspace = Workspace(Encoding.UTF_16)
    address = (repository / MANIFEST).as_uri()
    workspace.put(address, 1, manifest(repository))
    answer = Answers(workspace, lambda root: check(workspace, root)).definition(
        {"textDocument": {"uri": (repository / TEST_WORKFLOW).as_uri()}, "position": {"line": 9, "character": 0}}
    )
    next(answer)
    workspace.put(address, 2, manifest(repository) + "# more\n")
    with pytest.raises(RefusedError, match="changed meanwhile") as refused:
        next(answer)
    assert refused.value.code == CONTENT_MODIFIED


def test_over_a_key_stands_what_it_says_and_who_says_what_it_is(repository: Path) -> None:
    text = manifest(repository)
    with Client(repository) as editor:
        editor.open(MANIFEST)
        told = editor.at("hover", MANIFEST, *place(text, "count: {min"))["contents"]
        assert told["kind"] == "markdown"
        told = editor.at("hover", MANIFEST, *place(text, "min: 4"))["contents"]["value"]
        line = place(text, "min: 4")[0] + 1
        assert told == (
            "**`environments.production.service.count.min`**\n\n"
            "Containers that always run.\n\n"
            "| environment | value | stated |\n"
            "| --- | --- | --- |\n"
            "| development | `2` | by default |\n"
            f"| production | `4` | for this environment, line {line} |\n"
            "| staging | `2` | by default |"
        )
        told = editor.at("hover", MANIFEST, *place(text, "  staging:\n", 3))["contents"]["value"]
        assert told.endswith("One environment of the infrastructure, in its own AWS account.")
        hostile = text.replace(
            "cpu: 512", 'cpu: 512\n  variables: {A: "`x` | [y](command:z) <b> AKIAIOSFODNN7EXAMPLE"}'
        )
        editor.type(MANIFEST, hostile)
        told = editor.at("hover", MANIFEST, *place(hostile, "  variables:", 3))["contents"]["value"]
        assert "environment |" not in told  # the value is no good, and no other has been stated
        told = editor.at("hover", MANIFEST, *place(hostile, "`x`"))["contents"]["value"]
        assert "# secret-in-text (PG" in told
        assert "AKIA" not in told
        hostile = hostile.replace(" AKIAIOSFODNN7EXAMPLE", "")
        editor.type(MANIFEST, hostile)
        told = editor.at("hover", MANIFEST, *place(hostile, "  variables:", 3))["contents"]["value"]
        assert told.count("| `{A: 'x' ¦ [y](command:z) <b>}` | for all, line ") == 3


# What may be written


def proposed(editor: Client, text: str, offset: int) -> list[str]:
    """The texts that a manifest would have with each of the completions at an offset, around it."""
    editor.change(MANIFEST, text)
    before = text[:offset]
    line, character = before.count("\n"), len(before.rpartition("\n")[2])
    found = []
    for item in editor.at("completion", MANIFEST, line, character):
        edit = item["textEdit"]
        start, end = edit["range"]["start"], edit["range"]["end"]
        assert (end["line"], end["character"]) == (line, character)
        content = text.split("\n")[line]
        found.append(content[: start["character"]] + edit["newText"] + content[character:])
    return found


@pytest.mark.parametrize("typed", ["after: ", "after: sta", "after: s, ", "after: {"], ids=repr)
def test_the_environments_to_wait_for_are_proposed(repository: Path, typed: str) -> None:
    text = manifest(repository).replace("after: staging", typed)
    offset = text.index(typed) + len(typed.removesuffix(", "))
    with Client(repository) as editor:
        editor.open(MANIFEST)
        found = proposed(editor, text, offset)
    rest = ", " if typed.endswith(", ") else ""
    assert found == ([] if "{" in typed else [f"    after: development{rest}", f"    after: staging{rest}"])


def test_the_components_that_an_environment_can_change_are_proposed(tmp_path: Path) -> None:
    repository = Path(shutil.copytree(PROJECT / "examples/two-images", tmp_path / "two"))
    stated = "    components: {api: {service: {domain: check.planning.example.gov.uk}}}\n"
    assert manifest(repository).endswith(stated)
    text = manifest(repository).removesuffix(stated) + "    components:\n      api: {}\n      p: {}\n"
    with Client(repository) as editor:
        editor.open(MANIFEST)
        assert proposed(editor, text, len(text) - len(": {}\n")) == ["      processor: {}"]


def test_files_and_folders_are_proposed_as_they_are_typed(repository: Path, tmp_path: Path) -> None:
    (repository / "docker/web").mkdir(parents=True)
    (repository / "docker/web/Dockerfile").touch()
    (repository / "docker/away").symlink_to(tmp_path)
    text = manifest(repository)
    with Client(repository) as editor:
        editor.open(MANIFEST)
        for typed, expected in (
            ("docker/", ["docker/web/"]),
            ("docker/web/D", ["docker/web/Dockerfile"]),
            ("../", []),
            ("nowhere/", []),
        ):
            written = text.replace("image:\n", f"image:\n  dockerfile: {typed}\n")
            offset = written.index(typed) + len(typed)
            assert proposed(editor, written, offset) == [f"  dockerfile: {path}" for path in expected]
        written = text.replace("image:\n", "image:\n  context: \n")
        found = proposed(editor, written, written.index("context: ") + len("context: "))
        assert "  context: docker/" in found
        assert not any("Dockerfile" in line or ".git/" in line for line in found)


def test_nothing_is_proposed_where_the_schema_knows_more(repository: Path) -> None:
    text = manifest(repository)
    with Client(repository) as editor:
        editor.open(MANIFEST)
        for words in ("kind: ", "make test-unit", "environments:", "service:", "# yaml"):
            assert proposed(editor, text, text.index(words) + len(words)) == []
        assert editor.at("completion", TEST_WORKFLOW, 9, 9) == []
        assert proposed(editor, text + "  [\n", len(text) + 3) == []


# The protocol


def test_it_ends_as_the_protocol_wants(repository: Path) -> None:
    with Client(repository) as editor:
        assert editor.close() == 0
    with Client(repository) as editor:
        editor.tell("exit", None)
        assert editor.process.wait(60) == 1
    with Client(repository) as editor:
        assert editor.process.stdin
        editor.process.stdin.close()
        assert editor.process.wait(60) == 1
    with Client(repository) as editor:
        editor.ask("shutdown", None)
        editor.tell("textDocument/didOpen", {})
        assert editor.refused("textDocument/hover", {})["code"] == INVALID_REQUEST
        assert None not in editor.answered  # a notification is not


def test_what_is_still_worked_on_is_refused_when_the_server_is_shut_down(repository: Path) -> None:
    publish = ".github/workflows/publish.yml"
    line, _ = place((repository / publish).read_text(), "needs: [test-suites, build, publish-staging]")
    asked = {"textDocument": {"uri": (repository / publish).as_uri()}, "position": {"line": line, "character": 0}}
    with Client(repository) as editor:
        editor.open(MANIFEST)
        slow = {"id": "slow", "method": "textDocument/definition", "params": asked}
        editor.write(slow, {"id": "end", "method": "shutdown"})
        assert editor.answer("slow")["error"]["code"] == REQUEST_CANCELLED
        assert editor.answer("end")["result"] is None


def test_nothing_is_answered_before_it_is_initialized(repository: Path) -> None:
    with Client(repository, initialize=False) as editor:
        assert editor.refused("textDocument/hover", {})["code"] == NOT_INITIALIZED
        editor.tell("textDocument/didOpen", {})
        assert editor.refused("shutdown", None)["code"] == NOT_INITIALIZED
        assert editor.ask("initialize", {"capabilities": {}})["serverInfo"]["name"] == "pipegen"
        assert editor.refused("initialize", {"capabilities": {}})["code"] == INVALID_REQUEST


@pytest.mark.parametrize(
    ("bytes_sent", "code", "said"),
    [
        (b"nonsense\r\n\r\n", PARSE_ERROR, "no Content-Length"),
        (b"Content-Length: -5\r\n\r\n", PARSE_ERROR, "no Content-Length"),
        (b"Content-Length: 5\r\n\r\nhello", PARSE_ERROR, "not JSON"),
        (b"Content-Length: 4\r\n\r\n\xff\xfe\x00\x01", PARSE_ERROR, "not JSON in UTF-8"),
        (b"Content-Length: 2\r\n\r\n[]", PARSE_ERROR, "one JSON object"),
        (b"Content-Length: 2\r\n\r\n{}", INVALID_REQUEST, "a method"),
        (b'Content-Length: 17\r\n\r\n{"id":[],"method"', PARSE_ERROR, "not JSON"),
        (b'Content-Length: 24\r\n\r\n{"id":[],"method":"abc"}', INVALID_REQUEST, "the id"),
        (b"Content-Length: 20000\r\n\r\n" + b"[" * 20000, PARSE_ERROR, "not JSON"),
        (b"Content-Length: 20000000\r\n\r\n" + b" " * 20000000, PARSE_ERROR, "longer than"),
        (b"x" * 9000 + b"\r\n\r\n", PARSE_ERROR, "no Content-Length"),
    ],
    ids=["no length", "negative", "no JSON", "no UTF-8", "an array", "empty", "cut", "id", "deep", "long", "long line"],
)
def test_what_is_no_message_is_refused_and_the_next_one_answered(
    running: Client, bytes_sent: bytes, code: int, said: str
) -> None:
    running.raw(bytes_sent)
    answer = running.answer(None)
    assert answer["error"]["code"] == code
    assert said in answer["error"]["message"]
    assert running.open(MANIFEST) == []


def test_a_length_that_nothing_follows_is_waited_for_and_ends_with_the_stream(repository: Path) -> None:
    with Client(repository) as editor:
        assert editor.process.stdin
        editor.raw(b"Content-Length: 999999999999999999\r\n\r\n{}")
        editor.process.stdin.close()
        assert editor.process.wait(60) == 1


def test_what_has_another_shape_is_refused(repository: Path) -> None:
    with Client(repository) as editor:
        assert editor.refused("no/such", {})["code"] == METHOD_NOT_FOUND
        assert editor.refused("workspace/executeCommand", {"command": 5})["code"] == INVALID_PARAMS
        asked = {"command": "pipegen.compile", "arguments": ["file:///nowhere/at-all.yaml"]}
        assert editor.refused("workspace/executeCommand", asked)["code"] == INVALID_PARAMS
        editor.tell("textDocument/didOpen", {"textDocument": 5})
        editor.tell("$/setTrace", {"value": "off"})
        editor.tell("$/cancelRequest", {"id": {}})
        document = {"uri": editor.uri(MANIFEST), "languageId": "yaml", "version": 1}
        editor.tell("textDocument/didOpen", {"textDocument": document | {"text": "kind: \ud800\n"}})
        assert editor.wait_for(MANIFEST, "not-utf8")
        assert editor.close() == 0
    assert [message for message in editor.told if message["method"] == "window/logMessage"] == []


def test_it_loads_nothing_of_the_repository_and_prints_nothing_else(repository: Path) -> None:
    """A module of the repository that a library would import is not run, and standard output is the protocol's."""
    (repository / "yaml.py").write_text("print('run'); raise SystemExit(9)\n")
    (repository / "pipegen").mkdir()
    (repository / "pipegen/__init__.py").write_text("raise SystemExit(9)\n")
    with Client(repository) as editor:
        assert editor.open(MANIFEST) == []
        assert editor.close() == 0


def test_the_option_that_editors_add_is_taken(repository: Path) -> None:
    message = json.dumps({"id": 1, "method": "initialize", "params": {"capabilities": {}}}).encode()
    run = subprocess.run(
        [PIPEGEN, "lsp", "--stdio"],
        input=b"Content-Length: %d\r\n\r\n" % len(message) + message,
        capture_output=True,
        cwd=repository,
        check=False,
    )
    assert run.returncode == 1  # the stream has ended without `exit`
    assert b'"name": "pipegen"' in run.stdout


@pytest.mark.slow
def test_a_person_in_neovim_sees_mends_and_goes_there(repository: Path, tmp_path: Path) -> None:
    nvim = shutil.which("nvim")
    if nvim is None:
        pytest.skip("Neovim is not installed: apt-get install neovim")
    answer = tmp_path / "answer.json"
    subprocess.run(
        [nvim, "--headless", "--clean", "-S", PROJECT / "tests/lsp/neovim.lua"],
        cwd=repository,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PIPEGEN": str(PIPEGEN), "ANSWER": str(answer)},
        timeout=300,
        check=True,
    )
    told = json.loads(answer.read_text())
    assert "problem" not in told, told["problem"]
    assert told["diagnostic"]["code"] == "ambiguous-scalar"
    assert told["action"] == "Quote it"
    assert told["mended"] == '  node: "22"'
    assert "| production | `512` | for all, line" in told["hover"]
    assert (told["file"], told["line"]) == ("deploy/production/main.tf", "  tasks         = { min = 4, max = 12 }")
