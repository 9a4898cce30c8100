"""`pipegen init`: drafts that a person only has to complete, of repositories that nobody has vouched for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from syrupy.assertion import SnapshotAssertion

from cases import EXAMPLES
from pipegen.compiler import compile_manifest
from pipegen.diagnostics import Severity
from pipegen.draft import UNKNOWN, count_of_unknown, draft
from pipegen.files import WorkTree
from pipegen.survey import survey

PIPEGEN = Path(sys.executable).with_name("pipegen")
# What a person would write for what is not known.
COMPLETED = {
    'account: "???"': 'account: "012345678901"',
    'reviewers: ["???"]': "reviewers: [team/deployers]",
    'python: "???"': 'python: "3.11"',
    'bucket: "???"': "bucket: <environment>-dags",
    'prefix: "???"': "prefix: dags",
    'functions: ["???"]': "functions: [<environment>-<name>]",
    'kind: "???"': "kind: application",
    'name: "???"': "name: points",
    'repository: "???"': "repository: acme/points",
    'lint: "???"': "lint: make lint",
    'unit: "???"': "unit: make test-unit",
    'integration: "???"': "integration: make test-integration",
    'acceptance: "???"': "acceptance: make test-acceptance",
}
MAKEFILE = "init:\n\tpip install -r requirements.txt\nlint:\n\truff check\ntest: test-unit\ntest-unit:\n\tpytest\n"
CLASSIFIERS = "Programming Language :: Python :: 3.9\nProgramming Language :: Python :: 3.10\n"
GIT = '[core]\n\tbare = false\n[remote "origin"]\n\turl = {}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n'


@pytest.fixture(params=[example.name for example in EXAMPLES])
def undescribed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """An example, and a copy of it as it was before pipegen: without manifest and compiled files."""
    (example,) = (one for one in EXAMPLES if one.name == request.param)
    repository = tmp_path / "repository"
    compiled = shutil.ignore_patterns("deploy", "deploy.yaml", ".github", "__pycache__", ".*_cache", "node_modules")
    shutil.copytree(example, repository, ignore=compiled)
    _write(repository, {".git/config": GIT.format(f"git@github.com:digital-land/{example.name}.git")})
    return example, repository


def test_the_draft_of_an_example(undescribed: tuple[Path, Path], golden_text: SnapshotAssertion) -> None:
    _, repository = undescribed
    text = draft(survey(repository))
    found = compile_manifest(text.encode(), WorkTree(repository)).diagnostics
    left = [f"{one.span.line}: {one.message}" for one in found if one.span]
    assert "\n".join([text, *left]) + "\n" == golden_text


def test_the_draft_of_an_example_only_has_to_be_completed(undescribed: tuple[Path, Path]) -> None:
    _, repository = undescribed
    text = draft(survey(repository))
    for unknown, known in COMPLETED.items():
        text = text.replace(unknown, known)
    assert count_of_unknown(text) == 0
    found = compile_manifest(text.encode(), WorkTree(repository)).diagnostics
    assert [one.rule.name for one in found if one.rule.severity is Severity.ERROR] == []


def test_the_draft_of_an_example_finds_what_a_person_wrote(undescribed: tuple[Path, Path]) -> None:
    example, repository = undescribed
    drafted, written = _data(draft(survey(repository))), _data((example / "deploy.yaml").read_text())
    assert drafted.keys() - {"image", "description"} <= written.keys()
    pairs = [(drafted, written)]
    if "components" in written:
        assert drafted["components"].keys() == written["components"].keys()
        pairs = [(drafted["components"][id], written["components"][id]) for id in written["components"]]
    for ours, theirs in pairs:
        assert _found(ours["test"]["suites"]) == theirs["test"]["suites"]
        assert ours["test"]["reports"]["junit"] == theirs["test"]["reports"]["junit"]
        assert ours["test"]["setup"] == theirs["test"]["setup"]
        assert ours["kind"] == theirs["kind"] or ours["name"].endswith("processor")  # a worker looks like a data task


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("git@github.com:acme/points.git", "acme/points"),
        ("https://github.com/acme/points", "acme/points"),
        ("https://user:ghp_secret@github.com/acme/points.git", "acme/points"),
        ("ssh://git@github.com:22/acme/points.git", "acme/points"),
        ("https://gitlab.com/acme/points.git", UNKNOWN),
        ("https://notgithub.com/acme/points.git", UNKNOWN),
        ("../points.git", UNKNOWN),
        ("https://github.com/acme/..", UNKNOWN),
    ],
)
def test_the_repository_is_that_of_the_remote(tmp_path: Path, url: str, expected: str) -> None:
    _write(tmp_path, {".git/config": GIT.format(url)})
    text = draft(survey(tmp_path))
    assert _data(text)["repository"] == expected
    assert "ghp_secret" not in text


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".git/refs/remotes/origin/HEAD": "ref: refs/remotes/origin/trunk\n"}, "trunk"),
        ({".git/refs/remotes/origin/HEAD": "ref: refs/remotes/origin/main\n"}, None),
        ({".git/packed-refs": "# pack-refs\nabc refs/heads/master\nabc refs/heads/topic\n"}, "master"),
        ({".git/refs/heads/main": "abc\n", ".git/refs/heads/master": "abc\n"}, None),
        ({".git/refs/remotes/origin/HEAD": "ref: refs/remotes/origin/a..b\n"}, None),
    ],
)
def test_the_branch_is_the_one_that_a_clone_begins_with(
    tmp_path: Path, files: dict[str, str], expected: str | None
) -> None:
    _write(tmp_path, files)
    assert _data(draft(survey(tmp_path))).get("branch") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".python-version": "3.12.4\n", "setup.py": ""}, {"python-version-file": ".python-version"}),
        ({".python-version": "pypy\n", "setup.py": "setup(python_requires='>=3.9')"}, {"python": "3.9"}),
        ({"pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.11,<4"\n'}, {"python": "3.11"}),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.10"\n'}, {"python": "3.10"}),
        (
            {"setup.cfg": CLASSIFIERS},
            {"python": ["3.9", "3.10"]},
        ),
        ({"Dockerfile": "FROM python:3.13-slim\n"}, {"python": "3.13"}),
        ({"requirements.txt": "flask\n"}, {"python": UNKNOWN}),
        ({".nvmrc": "v20.11.1\n", "package.json": "{}"}, {"node": "20"}),
        ({".nvmrc": "lts/*\n", "package.json": '{"engines": {"node": ">=18.2"}}'}, {"node": "18"}),
        ({"package.json": "{}"}, {"node": UNKNOWN}),
        ({"Dockerfile": "FROM node:22.1-alpine AS build\n"}, {"node": "22"}),
        ({"README.md": ""}, {}),
    ],
)
def test_the_versions_of_languages(tmp_path: Path, files: dict[str, str], expected: dict[str, object]) -> None:
    _write(tmp_path, files)
    test = _data(draft(survey(tmp_path)))["test"]
    assert {key: value for key, value in test.items() if key in ("python", "python-version-file", "node")} == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"makefile": "lint:\n", "Makefile": "test:\n"}, {"lint": "make lint"}),
        ({"Makefile": MAKEFILE}, {"lint": "make lint", "unit": "make test-unit"}),
        ({"Makefile": "include more.mk\n", "more.mk": "test:\n\tpytest\n"}, {"unit": "make test"}),
        ({"Makefile": "include ../more.mk\ninclude Makefile\n"}, {}),
        ({"Makefile": "include ./Makefile Makefile\n" * 60 + "test:\n"}, {"unit": "make test"}),
        (
            {"Makefile": "include a\nlint:\n", **{"a" * n: f"include {'a' * (n + 1)}\n" for n in range(1, 60)}},
            {"lint": "make lint"},
        ),
        ({"Makefile": "test-unit := 1\nlint = 2\ntest-%:\n\ttrue\n"}, {}),
        (
            {"Makefile": "test-e2e test-watch test-contract: x\n"},
            {"acceptance": "make test-e2e", "contract": "make test-contract"},
        ),
        ({"Makefile": "lint;touch x:\n$(shell touch x):\ntest-$(X):\n"}, {}),
        (
            {"package.json": '{"scripts": {"lint": "a", "test:unit": "b"}}'},
            {"lint": "npm run lint", "unit": "npm run test:unit"},
        ),
        ({"package.json": '{"scripts": {"test; rm -rf /": "", "lint\\n": "", "test": 1}}'}, {"unit": "npm run test"}),
        (
            {"pyproject.toml": "[tool.ruff]\n[tool.pytest]\n"},
            {"lint": "python -m ruff check .", "unit": "python -m pytest"},
        ),
        (
            {"tests/integration/a.py": "", ".flake8": ""},
            {"lint": "python -m flake8", "integration": "python -m pytest tests/integration"},
        ),
    ],
)
def test_the_suites(tmp_path: Path, files: dict[str, str], expected: dict[str, str]) -> None:
    """Those that the strategy expects come first, found or not."""
    _write(tmp_path, files)
    suites = _data(draft(survey(tmp_path)))["test"]["suites"]
    assert _found(suites) == expected
    assert list(suites)[:4] == ["lint", "unit", "integration", "acceptance"]


def test_where_aws_trusts_the_repository_its_numbers_are_asked_for(tmp_path: Path) -> None:
    """What stands in the comment is a manifest's `repository`, once the numbers are there."""
    _write(tmp_path, {".git/config": GIT.format("git@github.com:acme/points.git"), "Dockerfile": "FROM a\n"})
    text = draft(survey(tmp_path))
    told = "# repository: {name: acme/points, id: …, owner-id: …}  # gh api repos/acme/points --jq '.id, .owner.id'\n"
    assert told in text
    without = text.replace("repository: acme/points\n", "")
    stated = _data(without.replace(told, told.removeprefix("# ").replace("…", "12")))["repository"]
    assert stated == {"name": "acme/points", "id": 12, "owner-id": 12}
    _write(tmp_path, {"setup.py": CLASSIFIERS})
    assert "owner-id" not in draft(survey(tmp_path)), "a library has nobody that trusts it"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"Dockerfile": "FROM a\nEXPOSE 80/tcp\n"}, "application"),
        ({"Dockerfile": 'FROM a\nCMD ["gunicorn", "app"]\n'}, "application"),
        ({"Dockerfile": 'FROM a\nCMD ["python", "-m", "a"]\n'}, "data-task"),
        ({"dockerfile": "FROM a\nHEALTHCHECK CMD true\n"}, "application"),
        ({"Dockerfile": 'FROM a\nENTRYPOINT ["./run.sh"]\n', "run.sh": "exec gunicorn app"}, "application"),
        ({"Procfile": "release: true\nweb: node index.js\n", "package.json": '{"main": "index.js"}'}, "application"),
        ({"Dockerfile": "FROM a\n", "setup.py": ""}, "data-task"),
        ({"Dockerfile": "FROM a\n", "setup.py": CLASSIFIERS}, "library"),
        ({"dags/a.py": ""}, "data-task"),
        ({"a/a.py": "def lambda_handler(event: object, context: object) -> None: ...\n"}, "data-task"),
        ({"pyproject.toml": '[build-system]\nrequires = ["hatchling"]\n'}, "library"),
        ({"package.json": '{"name": "a", "main": "a.js"}'}, "library"),
        ({"package.json": '{"name": "a", "main": "a.js", "scripts": {"start": "node a.js"}}'}, UNKNOWN),
        ({"package.json": '{"name": "a", "main": "a.js", "private": true}'}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_the_kind(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    _write(tmp_path, files)
    assert _data(draft(survey(tmp_path)))["kind"] == expected


def test_a_repository_that_lies_does_no_harm(tmp_path: Path) -> None:
    """What is drafted of it is still a manifest that can be read, and holds nothing of what the language refuses."""
    (tmp_path / "outside").write_text("[project]\ndescription = 'secret of the machine'\n")
    repository = tmp_path / "repository"
    _write(
        repository,
        {
            "package.json": '{"name": "A\\nkind: b", "description": "${{ x }}", "engines": {"node": "9\\"}"}}',
            "setup.py": "import os\nos.system('touch ran')\nopen('ran', 'w')\n",
            "Makefile": "$(shell touch ran)\ninclude /etc/hostname\n" + "a" * 100_000 + ":\n",
            "Dockerfile": "FROM x AS production\nFROM y\nEXPOSE 99999\nARG GIT_COMMIT\n" + "RUN true\n" * 10_000,
            ".nvmrc": "[" * 10_000,
            "dags/ä b.py": "",
        },
    )
    (repository / "pyproject.toml").symlink_to(tmp_path / "outside")
    (repository / "loop").symlink_to("loop")
    (repository / "requirements.txt").write_bytes(b"\xff\xfe")
    os.mkfifo(repository / ".python-version")
    (repository / "tests").symlink_to("/")
    run = _init(repository)
    assert run.returncode == 0, run.stderr
    text = (repository / "deploy.yaml").read_text()
    assert "secret of the machine" not in text
    assert "${{" not in text
    assert not (repository / "ran").exists()
    assert _data(text)["kind"] == "data-task"
    found = compile_manifest(text.encode(), WorkTree(repository)).diagnostics
    assert {one.rule.name for one in found} <= {"invalid-value", "missing-suite", "wrong-type", "missing-key"}


def test_no_component_package_or_suite_is_lost_where_names_are_alike(tmp_path: Path) -> None:
    image = "FROM a\nEXPOSE 80\n"
    _write(tmp_path, {f"{folder}/Dockerfile": image for folder in ("API", "Web", "web", "web-2", "é", "ü")})
    text = draft(survey(tmp_path))
    components = _data(text)["components"]
    folders = {key: component["test"]["working-directory"] for key, component in components.items()}
    assert folders == {"api": "API", "web-3": "Web", "web": "web", "web-2": "web-2", UNKNOWN: UNKNOWN, "???-2": UNKNOWN}
    assert count_of_unknown(text) == str(_data(text)).count(UNKNOWN)
    found = compile_manifest(text.encode(), WorkTree(tmp_path)).diagnostics
    assert {"the key `???`", "the key `???-2`"} <= {one.message.partition(" is ")[0] for one in found}


def test_no_package_is_lost_where_names_are_alike(tmp_path: Path) -> None:
    handler = "def handler(event: object, context: object) -> None: ...\n"
    _write(tmp_path, {f"{folder}/a.py": handler for folder in ("Tell", "tell", "é", "${{ a }}")})
    packages = _data(draft(survey(tmp_path)))["lambda"]["packages"]
    sources = {key: package["source"] for key, package in packages.items()}
    assert sources == {"tell-2": "Tell", "tell": "tell", "a": UNKNOWN, UNKNOWN: UNKNOWN}


def test_a_credential_is_not_copied(tmp_path: Path) -> None:
    key = "AKIA" + "IOSFODNN7EXAMPLE"
    _write(tmp_path, {"package.json": json.dumps({"description": f"with {key}"}), "Makefile": f"test-{key}: x\n"})
    assert key not in draft(survey(tmp_path))


@pytest.mark.parametrize("name", ["package.json", "pyproject.toml"])
def test_deep_nesting_is_no_trap(tmp_path: Path, name: str) -> None:
    deep = ("" if name == "package.json" else "a = ") + "[" * 1_900
    _write(tmp_path, {name: deep})
    assert _data(draft(survey(tmp_path)))["kind"] == UNKNOWN


def test_nothing_is_run_and_nothing_connected_to(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {"Makefile": MAKEFILE, ".git/config": GIT.format("git@github.com:acme/points.git"), "Dockerfile": "FROM a\n"},
    )
    watched = (
        "import sys\n"
        "def watch(event, arguments):\n"
        "    if event.startswith(('subprocess.', 'os.exec', 'os.posix_spawn', 'os.system', 'os.fork', 'socket.')):\n"
        "        print('did', event, arguments); raise SystemExit(9)\n"
        "sys.addaudithook(watch)\n"
        "sys.argv = ['pipegen', 'init']\n"
        "from pipegen.__main__ import main\n"
        "main()\n"
    )
    run = subprocess.run([sys.executable, "-c", watched], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr


def test_what_a_run_that_was_killed_has_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".deploy.yaml.0123456789abcdef.pipegen").write_text("half a dra")
    (tmp_path / ".deploy.yaml.pipegen").write_text("mine\n")
    assert _init(tmp_path).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"deploy.yaml", "deploy.schema.json", ".deploy.yaml.pipegen"}


def test_a_folder_of_a_repository_is_not_its_root(tmp_path: Path) -> None:
    _write(tmp_path, {".git/config": "", "part/Makefile": MAKEFILE})
    run = _init(tmp_path / "part")
    assert run.returncode == 2
    assert run.stderr.startswith(f"error: the repository is {tmp_path}, and nothing was written")
    assert [path.name for path in (tmp_path / "part").iterdir()] == ["Makefile"]
    assert _init(tmp_path).returncode == 0


def test_it_says_what_it_wrote_and_what_is_left(tmp_path: Path) -> None:
    run = _init(tmp_path)
    assert run.returncode == 0
    unknown = (tmp_path / "deploy.yaml").read_text().partition("version:")[2].count(f': "{UNKNOWN}"')
    told = f'Next, complete what is "???", {unknown + len(["the reviewers, in a list"])} in all: '
    assert run.stderr.startswith(f"wrote deploy.yaml\nwrote deploy.schema.json\n{told}")
    first, *_ = (tmp_path / "deploy.yaml").read_text().splitlines()
    assert first == "# yaml-language-server: $schema=deploy.schema.json"
    left = subprocess.run([PIPEGEN, "lint"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert left.returncode == 1
    assert "`???` is not a kind" in left.stdout
    (tmp_path / "Dockerfile").touch()
    manifest = tmp_path / "deploy.yaml"
    manifest.write_text(manifest.read_text().replace('kind: "???"', "kind: application"))
    left = subprocess.run(
        [PIPEGEN, "lint", "--format", "json"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    messages = [found["message"] for found in json.loads(left.stdout)["diagnostics"]]
    assert len(messages) == unknown, "all but the kind, and the reviewers"
    assert all("`???`" in message for message in messages)


def test_print_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "deploy.yaml").write_text("mine\n")
    run = _init(tmp_path, "--print")
    assert (run.returncode, run.stderr) == (0, "")
    assert "version: 1\n" in run.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["deploy.yaml"]


@pytest.mark.parametrize("copied", [True, False])
def test_what_is_printed_names_a_schema_only_where_it_is(tmp_path: Path, copied: bool) -> None:
    if copied:
        (tmp_path / "deploy.schema.json").write_text("{}")
    assert ("$schema=deploy.schema.json" in _init(tmp_path, "--print").stdout) == copied


@pytest.mark.parametrize("what", ["file", "link", "dangling link", "folder", "schema"])
def test_nothing_is_overwritten(tmp_path: Path, what: str) -> None:
    there = tmp_path / ("deploy.schema.json" if what == "schema" else "deploy.yaml")
    (tmp_path / "other").write_text("other\n")
    match what:
        case "file" | "schema":
            there.write_text("mine\n")
        case "link":
            there.symlink_to("other")
        case "dangling link":
            there.symlink_to("nowhere")
        case _:
            there.mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    run = _init(tmp_path)
    assert run.returncode == 2
    assert there.name in run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "other").read_text() == "other\n"


def _init(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PIPEGEN, "init", *arguments], cwd=repository, capture_output=True, text=True, timeout=60, check=False
    )


def _write(repository: Path, files: dict[str, str]) -> None:
    repository.mkdir(exist_ok=True)
    for path, text in files.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text)


def _found(suites: dict[str, str]) -> dict[str, str]:
    return {name: command for name, command in suites.items() if command != UNKNOWN}


def _data(text: str) -> dict:  # type: ignore[type-arg]
    data = YAML(typ="safe", pure=True).load(text)
    assert isinstance(data, dict)
    return data
