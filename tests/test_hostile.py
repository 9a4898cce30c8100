"""Manifests made to do harm: each is refused at its line or arrives as data, in little time and memory."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from ruamel.yaml import YAML
from typer.testing import CliRunner

from cases import Holding
from effort import assert_at_most, at_most
from hostile.catalogue import CATALOGUE
from hostile.inputs import (
    ACCOUNT,
    APPLICATION,
    ARGUMENT,
    CREDENTIAL,
    DATA_TASK,
    DESCRIPTION,
    ENV,
    FLOODS,
    HEAVY,
    NAME,
    REFUSED,
    SUITE,
    TEXTS,
    VARIABLE,
    Refused,
    changed,
)
from judges import JUDGES, Judge
from judges.reading import workflow as parsed
from pipegen.cli import app
from pipegen.compiler import compile_manifest
from pipegen.formats import Format
from pipegen.manifest import strings
from pipegen.manifest.strings import Text
from pipegen.output import FileTree
from terraform.cli import Terraform, needs_terraform
from test_cli import FINDINGS, PIPEGEN

MEBIBYTE = 1024 * 1024


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that holds what the harmless manifests name."""
    (tmp_path / "src").mkdir()
    (tmp_path / "Dockerfile").touch()
    return tmp_path


def _files(data: bytes) -> FileTree:
    compilation = compile_manifest(data, Holding("Dockerfile", "src/"))
    assert compilation.files is not None, compilation.diagnostics
    return compilation.files


# What is refused


@pytest.mark.parametrize("base", [APPLICATION, DATA_TASK], ids=["application", "data-task"])
def test_without_the_change_nothing_is_wrong(base: bytes) -> None:
    assert compile_manifest(base, Holding("Dockerfile", "src/")).diagnostics == ()


@pytest.mark.parametrize("hostile", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_at_its_line_for_what_it_is(
    hostile: Refused, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    manifest = repository / "deploy.yaml"
    manifest.write_bytes(hostile.data)
    before = sorted(repository.rglob("*"))
    shown = {}
    for format in Format:
        with at_most(1):
            run = CliRunner().invoke(app, ["compile", "--format", format])
        assert (run.exit_code, type(run.exception)) == (FINDINGS, SystemExit)
        assert run.stdout.replace("\n", "").isprintable()
        assert CREDENTIAL not in run.stdout
        shown[format] = run.stdout
    assert sorted(repository.rglob("*")) == before
    assert manifest.read_bytes() == hostile.data

    found = json.loads(shown[Format.JSON])["diagnostics"]
    assert {diagnostic["name"] for diagnostic in found} == set(hostile.rules.split())
    assert (found[0]["file"], found[0]["span"]["line"]) == ("deploy.yaml", hostile.line)
    assert shown[Format.CONCISE].startswith(f"deploy.yaml:{hostile.line}:")
    assert f"--> deploy.yaml:{hostile.line}:" in shown[Format.FULL]
    assert any(hostile.says in f"{one['message']}\n{one['label']}\n{one['help']}" for one in found)


@pytest.mark.parametrize(("data", "says"), [*HEAVY.values(), *FLOODS.values()], ids=[*HEAVY, *FLOODS])
def test_it_is_refused_in_little_time_and_memory(data: bytes, says: str, repository: Path) -> None:
    (repository / "deploy.yaml").write_bytes(data)
    before = sorted(repository.rglob("*"))
    run, seconds = _limited(repository)
    assert run.returncode == FINDINGS, run.stderr
    assert run.stderr == ""
    assert says in run.stdout
    if (data, says) in HEAVY.values():
        assert run.stdout.startswith("deploy.yaml:1:")
    assert_at_most(1, seconds)
    assert sorted(repository.rglob("*")) == before


def _limited(repository: Path) -> tuple[subprocess.CompletedProcess[str], float]:
    """Compile with 256 MiB of memory, all that is mapped included, and the processor's seconds that it took."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [PIPEGEN, "compile", "--format", "concise"],
        cwd=repository,
        env={"PATH": os.environ["PATH"]},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (256 * MEBIBYTE, 256 * MEBIBYTE)),
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return run, now.ru_utime + now.ru_stime - spent.ru_utime - spent.ru_stime


# What is data


def _with_text(text: str) -> bytes:
    """The application with a text in each place that takes any."""
    written = json.dumps(text, ensure_ascii=False)
    data = APPLICATION
    if text.isprintable() and text.strip():
        data = changed(data, DESCRIPTION, written)
    for place in (ENV, VARIABLE, ARGUMENT):
        data = changed(data, place, place.replace('"hello"', written))
    return data


@pytest.fixture(scope="module")
def harmless() -> FileTree:
    """What the application compiles to."""
    return _files(APPLICATION)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_arrives_in_workflows_and_changes_nothing_else(text: str, harmless: FileTree) -> None:
    files = _files(_with_text(text))
    assert files.keys() == harmless.keys()
    arrived = Counter[str]()
    for path in (path for path in files if path.endswith(".yml")):
        for read in (parsed, YAML(typ="safe", pure=True).load):
            before, after = dict(_leaves(read(harmless[path]))), dict(_leaves(read(files[path])))
            assert before.keys() == after.keys()
            for route, value in after.items():
                name = route[-1]
                assert value == (text if name in ("GREETING", "TITLE") else before[route]), route
                arrived[str(name)] += 1
        assert _expressions(files[path]) == _expressions(harmless[path])
    assert arrived["GREETING"] >= 2
    assert arrived["TITLE"] >= 2


def test_a_name_that_looks_like_something_else_stays_a_name() -> None:
    names = sorted(["NO", "Y", "ON", "NULL", "_", "_1", "N", "TRUE"])
    files = _files(changed(APPLICATION, ENV, "\n    ".join(f'{name}: "x"' for name in names)))
    for path in (path for path in files if path.endswith(".yml")):
        for read in (yaml.safe_load, YAML(typ="safe", pure=True).load):
            envs = [job["env"] for job in read(files[path])["jobs"].values() if "env" in job]
            assert names in [list(env) for env in envs]


def _leaves(value: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every scalar and every empty collection of a document, by its route."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = list(entries)
    if not inner:
        yield route, value
    for key, item in inner:
        yield from _leaves(item, (*route, str(key) if key is True else key))


def _expressions(text: str) -> list[str]:
    return re.findall(r"\$\{\{.*?\}\}", text)


def test_a_text_arrives_in_terraform_and_changes_nothing_else(harmless: FileTree, tmp_path: Path) -> None:
    """What was written for each is evaluated by terraform; without it, the roots are as they were."""
    roots = [path for path in harmless if re.fullmatch("deploy/(?!modules)[a-z]+/main.tf", path)]
    assert len(roots) == 3
    literals = {}
    for name, text in TEXTS.items():
        files = _files(_with_text(text))
        for path in roots:
            literals[name], rest = _welcome(files[path])
            assert rest == _welcome(harmless[path])[1]
        modules = [path for path in files if path.startswith("deploy/modules/")]
        assert [files[path] for path in modules] == [harmless[path] for path in modules]
    needs_terraform()
    listed = "".join(f"    {json.dumps(name)} = {literal}\n" for name, literal in literals.items())
    output = 'output "read" {\n  value = jsonencode(local.texts)\n}\n'
    (tmp_path / "main.tf").write_text(f"locals {{\n  texts = {{\n{listed}  }}\n}}\n{output}")
    terraform = Terraform(tmp_path)
    terraform.init()
    assert json.loads(terraform.apply()["read"]) == TEXTS


def _welcome(root: str) -> tuple[str, str]:
    """The literal of the one variable, and all that is around it but for white space."""
    ((before, literal, after),) = re.findall(r'(?s)^(.*"WELCOME" = )("(?:[^"\\]|\\.)*")(.*)$', root)
    return literal, "".join(f"{before}{after}".split())


@pytest.mark.parametrize("judge", JUDGES.values(), ids=JUDGES.keys())
def test_no_judge_is_misled_by_a_text(judge: Judge, tmp_path: Path) -> None:
    data = APPLICATION
    for place in (ENV, ARGUMENT):
        texts = (f"TEXT_{number}: {json.dumps(text, ensure_ascii=False)}" for number, text in enumerate(TEXTS.values()))
        data = changed(data, place, "\n    ".join(texts))
    written = []
    for path, text in _files(data).items():
        if path.endswith(".yml"):
            written.append(tmp_path / path)
            written[-1].parent.mkdir(parents=True, exist_ok=True)
            written[-1].write_text(text, encoding="utf-8")
    assert len(written) == 2
    verdict = judge(written)
    assert (verdict.findings, verdict.read) == ((), len(written))


COMMANDS = {
    "loop": 'set -eu\nfor f in *.py; do echo "$f; $(basename "$f")" | tee -a out.txt && true; done\n',
    "suppression": "make test # zizmor: ignore[template-injection]",
    "heredoc": "cat <<'EOF'\npermissions: write-all\nEOF\n",
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_a_command_arrives_whole_and_only_where_nothing_can_be_done(command: str) -> None:
    files = _files(changed(APPLICATION, SUITE, json.dumps(command)))
    jobs = [
        (job, step)
        for path, text in files.items()
        if path.endswith(".yml")
        for job in parsed(text)["jobs"].values()
        for step in job["steps"]
        if step.get("id") == "suite-unit"
    ]
    assert len(jobs) == 2
    for job, step in jobs:
        assert step["run"] == command
        assert job["permissions"] == {"contents": "read"}
        assert "environment" not in job
        assert "secrets." not in json.dumps(job)
    elsewhere = [step for path, text in files.items() if path.endswith(".yml") for step in _steps(text)]
    assert sum(command in json.dumps(step, ensure_ascii=False) or step.get("run") == command for step in elsewhere) == 2


def _steps(text: str) -> list[dict[str, Any]]:
    return [step for job in parsed(text)["jobs"].values() for step in job["steps"]]


# What is only written otherwise

_LINES = APPLICATION.decode().splitlines(keepends=True)
_ENVIRONMENTS = _LINES.index("environments:\n")
SAME = {
    "windows-line-ends": APPLICATION.replace(b"\n", b"\r\n"),
    "byte-order-mark": b"\xef\xbb\xbf" + APPLICATION,
    "comments": b"# yaml-language-server: $schema=https://example.invalid/x\n# zizmor: ignore[x]\n" + APPLICATION,
    "order": "".join(_LINES[_ENVIRONMENTS:] + _LINES[:_ENVIRONMENTS]).encode(),
    "other-quotes": APPLICATION.replace(b'"', b"'").replace(b"name: submit\n", b'"name": "submit"\n'),
    "flow": changed(APPLICATION, "\n  secrets:\n    - SENTRY_DSN", "\n  secrets: [SENTRY_DSN]"),
    "explicit-keys": changed(APPLICATION, NAME, "? name\n: submit"),
    "marked-as-a-document": b"---\n" + APPLICATION + b"...\n",
}


@pytest.mark.parametrize("data", SAME.values(), ids=SAME.keys())
def test_another_spelling_of_the_same_compiles_to_the_same_bytes(data: bytes, harmless: FileTree) -> None:
    assert data != APPLICATION
    assert _files(data) == harmless
    assert not any("\r" in text or "\ufeff" in text for text in harmless.values())


ACCEPTED = {
    "leading-zero": changed(APPLICATION, ACCOUNT, '"012345678901"'),
    "long-name": changed(APPLICATION, NAME, "name: council-planning-applications-collector"),
}


def test_the_leading_zero_of_an_account_survives() -> None:
    files = _files(ACCEPTED["leading-zero"])
    assert 'allowed_account_ids = ["012345678901"]' in files["deploy/production/providers.tf"]
    assert '"012345678901"' in files[".github/workflows/publish.yml"]
    assert not any(re.search(r"\b12345678901\b|\b1402433619\b", text) for text in files.values())


def test_a_name_of_39_characters_fits_in_every_environment() -> None:
    assert _files(ACCEPTED["long-name"])


def test_every_input_of_the_catalogue_is_one_of_these(capsys: pytest.CaptureFixture[str]) -> None:
    """Every entry of these tables is a case of a test above."""
    tables: dict[str, Iterable[str]] = {"REFUSED": REFUSED, "HEAVY": HEAVY, "FLOODS": FLOODS, "TEXTS": TEXTS}
    tables |= {"SAME": SAME, "COMMANDS": COMMANDS, "ACCEPTED": ACCEPTED}
    ours = {f"{table}.{name}" for table, entries in tables.items() for name in entries}
    covered = [name for name, entry in CATALOGUE.items() if entry in ours]
    with capsys.disabled():
        more = len(ours) - len(set(CATALOGUE.values()))
        print(f"\nhostile inputs: {len(covered)} of {len(CATALOGUE)} of the catalogue, and {more} more")
    assert covered == list(CATALOGUE)
    assert len(set(CATALOGUE.values())) == len(CATALOGUE) == 66


# The string classes

CLASSES: dict[str, Text] = {
    name: text
    for name, annotated in vars(strings).items()
    for text in get_args(annotated)[1:]
    if isinstance(text, Text)
}
FREE = ("Line", "Value", "Command", "HealthCommand")
# May begin with a hyphen, because none is ever an argument of a command by itself.
WITH_HYPHEN = ("AlarmName", "BucketName", "ContainerName", "FamilyName", "FunctionName", "PlatformName", "Prefix")
# Are patterns. Everything else could reach a policy, where an asterisk stands for anything.
WITH_WILDCARD = ("Exclusion", "Glob", "PathFilter", "PathPattern")
POISON = ["\n", "\r", "\0", "\x7f", '"', "`", ";", "|", "$(id)", "${{ x }}", "${x}", "%{x}", "\\", "<x>", "é", "\u0663"]


@pytest.mark.parametrize("name", [name for name in CLASSES if name not in FREE])
def test_a_class_that_is_not_free_text_takes_its_example_and_no_poison(name: str) -> None:
    text = CLASSES[name]
    assert text.problem(text.example) is None
    for poison in POISON:
        for value in (text.example + poison, poison + text.example, text.example[:1] + poison + text.example[1:]):
            assert text.problem(value), value
    assert text.problem("")
    assert (text.problem(f"-{text.example}") is None) == (name in WITH_HYPHEN)
    assert (text.problem(f"{text.example}*") is None) == (name in WITH_WILDCARD)


@pytest.mark.parametrize("name", CLASSES)
def test_no_text_keeps_a_class_busy(name: str) -> None:
    """A pattern that went back over what it has read would take for ever on one of these."""
    text = CLASSES[name]
    pieces = {*text.example, "a", "-", "/", ".", " ", "*", "a-", "a.", "a/", "./", "a ", "<name>", "\n"}
    with at_most(1):
        for piece in pieces:
            flood = (piece * text.max_length)[: text.max_length - 1]
            for value in (flood, flood + "\0", text.example + flood, "/" + flood + "\0"):
                text.problem(value)
                text.is_reserved(value)
