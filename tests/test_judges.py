"""Every judge flags what it is there for, and shows that it looked."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from judges import JUDGES, JudgeError, Verdict, actionlint, house, zizmor
from judges.house_rules import RULES
from judges.programs import installed

CLEAN = Path(__file__).parent / "canaries" / "clean.yml"

# Passages of the clean workflow.
SCRIPT = 'make test-unit REFERENCE="$REFERENCE"'
VALUE = "REFERENCE: ${{ github.ref }}"
ACTION = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
CREDENTIALS = "        with:\n          persist-credentials: false\n"
DIGEST = "@sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777"
RUNNER = "runs-on: ubuntu-24.04"
PYTHON = '          python-version: "3.12"'
READ_ONLY = "contents: read # check out the code"
PUBLISH = {"name: Test\non": "name: Publish\non"}


class Canary(NamedTuple):
    """The clean workflow with one mistake seeded: the words changed for it, and by judge what must be found."""

    mistake: str
    edits: Mapping[str, str]
    found: Mapping[str, str]

    @property
    def text(self) -> str:
        text = CLEAN.read_text()
        for old, new in self.edits.items():
            assert old in text, f"{CLEAN.name} has no {old!r}"
            text = text.replace(old, new, 1)
        return text


def both_actionlints(kind: str) -> dict[str, str]:
    return {"actionlint": kind, "upstream-actionlint": kind}


CANARIES = [
    Canary(
        "an expression in a script",
        {SCRIPT: "make ${{ github.head_ref }}"},
        {"zizmor": "template-injection", **both_actionlints("expression"), "house": "script-expression"},
    ),
    Canary("an unquoted variable", {SCRIPT: "make $REFERENCE"}, {"actionlint": "shellcheck"}),
    Canary("a shell without pipefail", {"shell: bash": "shell: sh"}, {"house": "shell"}),
    Canary("a deprecated command", {SCRIPT: 'echo "::set-output name=a::b"'}, both_actionlints("deprecated-commands")),
    Canary("a write to GITHUB_ENV", {SCRIPT: 'echo "A=1" >> "$GITHUB_ENV"'}, {"house": "runner-files"}),
    Canary(
        "a release by --target",
        {f"run: {SCRIPT}": "run: |\n          gh release create v1 \\\n            --target main"},
        {"house": "release-target"},
    ),
    Canary("an action by tag", {ACTION: "actions/checkout@v7"}, {"zizmor": "unpinned-uses", "house": "pinned-action"}),
    Canary("an action without its version", {" # v7.0.1": ""}, {"house": "pinned-action"}),
    Canary(
        "a comment that hides a finding",
        {ACTION: "actions/checkout@v7 # zizmor: ignore[unpinned-uses]"},
        {"zizmor": "unpinned-uses", "house": "pinned-action"},
    ),
    Canary(
        "an action of the repository itself",
        {ACTION: "./.github/actions/checkout", CREDENTIALS: ""},
        {"zizmor": "self-repository", "house": "local-action"},
    ),
    Canary(
        "a checkout that keeps the token",
        {CREDENTIALS: ""},
        {"zizmor": "artipacked", "house": "checkout-credentials"},
    ),
    Canary("the workspace uploaded", {"path: report/": "path: ./"}, {"house": "workspace-upload"}),
    Canary(
        "a cache in a publishing workflow",
        {**PUBLISH, "branches-ignore: [main]": "tags: [v*]", PYTHON: f"{PYTHON}\n          cache: pip"},
        {"zizmor": "cache-poisoning", "house": "publish-cache"},
    ),
    Canary(
        "an action that caches unasked in a publishing workflow",
        {**PUBLISH, "actions/setup-python": "actions/setup-node", "python-version": "node-version"},
        {"house": "publish-cache"},
    ),
    Canary("a step without a name", {"name: Unit tests\n        id: unit": "id: unit"}, {"house": "step-name"}),
    Canary("a step without an id", {"        id: checkout\n": ""}, {"house": "step-id"}),
    Canary("an id twice", {"id: report": "id: unit"}, {**both_actionlints("id"), "house": "unique-ids"}),
    Canary("a job without a name", {"    name: Suites\n": ""}, {"zizmor": "anonymous-definition"}),
    Canary("a need that no job has", {"[suites]": "[absent]"}, both_actionlints("job-needs")),
    Canary("a step that is not there", {"steps.unit.outcome": "steps.u.outcome"}, both_actionlints("expression")),
    Canary(
        "a condition that is always true",
        {"if: always()": "if: ${{ always() }} == 'x'"},
        {"zizmor": "unsound-condition", **both_actionlints("if-cond")},
    ),
    Canary(
        "an untrusted event",
        {"  pull_request:": "  pull_request_target:"},
        {"zizmor": "dangerous-triggers", "house": "events"},
    ),
    Canary(
        "an unknown event",
        {"  workflow_dispatch:": "  pushed:"},
        {**both_actionlints("events"), "schema": "$.on", "house": "events"},
    ),
    Canary("a filter that is no pattern", {"[main]": "['^main']"}, both_actionlints("glob")),
    Canary(
        "the default permissions",
        {"permissions: {}\nconcurrency": "concurrency"},
        {"zizmor": "excessive-permissions", "house": "workflow-permissions"},
    ),
    Canary("a job without permissions", {"    permissions: {}\n": ""}, {"house": "job-permissions"}),
    Canary(
        "an identity token without a comment or an environment",
        {READ_ONLY: "id-token: write"},
        {"zizmor": "undocumented-permissions", "house": "oidc-environment"},
    ),
    Canary(
        "an unknown permission",
        {"contents: read": "content: read"},
        {**both_actionlints("permissions"), "schema": "$.jobs.suites.permissions"},
    ),
    Canary("a job without a limit of time", {"    timeout-minutes: 30\n": ""}, {"house": "timeout"}),
    Canary(
        "a limit of time that is no number",
        {"timeout-minutes: 30": "timeout-minutes: soon"},
        {**both_actionlints("syntax-check"), "schema": "$.jobs.suites['timeout-minutes']"},
    ),
    Canary(
        "a runner of our own",
        {RUNNER: "runs-on: self-hosted"},
        {"zizmor": "self-hosted-runner", "house": "runner"},
    ),
    Canary(
        "a runner from a matrix",
        {RUNNER: "strategy:\n      matrix:\n        on: [ubuntu-24.04, macos-15]\n    runs-on: ${{ matrix.on }}"},
        {"house": "runner"},
    ),
    Canary(
        "an unknown runner", {RUNNER: "runs-on: ubuntu-99"}, {**both_actionlints("runner-label"), "house": "runner"}
    ),
    Canary("an image by tag", {DIGEST: ""}, {"zizmor": "unpinned-images", "house": "image-digest"}),
    Canary(
        "a secret for the whole repository", {VALUE: "REFERENCE: ${{ secrets.A }}"}, {"zizmor": "secrets-outside-env"}
    ),
    Canary(
        "all secrets at once",
        {VALUE: "REFERENCE: ${{ toJSON(secrets) }}"},
        {"zizmor": "overprovisioned-secrets", "house": "wholesale-secrets"},
    ),
    Canary(
        "a secret by a computed name",
        {VALUE: "REFERENCE: ${{ secrets[github.ref] }}"},
        {"zizmor": "overprovisioned-secrets", "house": "wholesale-secrets"},
    ),
    Canary("a word that YAML 1.1 takes for true", {VALUE: "REFERENCE: yes"}, {"readers": "differs"}),
    Canary("a number that YAML 1.1 takes for octal", {VALUE: "REFERENCE: 010"}, {"readers": "differs"}),
    Canary("a time that YAML 1.1 takes for seconds", {VALUE: "REFERENCE: 12:30:45"}, {"readers": "differs"}),
    Canary("a key that YAML 1.1 takes for true", {VALUE: "yes: REFERENCE"}, {"readers": "differs"}),
    Canary("a date", {VALUE: "REFERENCE: 2026-01-31"}, {"readers": "differs"}),
    Canary("the events under a truth value", {"on:\n": "true:\n"}, {"readers": "differs"}),
    Canary("an alias", {"[main]": "&a [main]", "pull_request:": "pull_request: {branches: *a}"}, {"readers": "alias"}),
    Canary("an anchor", {"[main]": "&a [main]"}, {"readers": "anchor"}),
    Canary("a tag", {"[main]": "!!seq [main]"}, {"readers": "tag"}),
    Canary("a key twice", {"name: Suites": "name: A\n    name: B"}, {"readers": "unreadable"}),
    Canary(
        "no YAML",
        {"jobs:": "jobs: ["},
        {
            **both_actionlints("syntax-check"),
            "schema": "unreadable",
            "readers": "unreadable",
            "house": "unreadable",
        },
    ),
]
# How many of its canaries a judge does not count as read, since they are no YAML to it. actionlint counts them.
UNREAD = {"upstream-actionlint": 1, "schema": 1, "readers": 2, "house": 1}
CASES = [
    pytest.param(judge, canary, id=f"{judge} finds {canary.mistake}") for canary in CANARIES for judge in canary.found
]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every canary's file, by its mistake."""
    folder = tmp_path_factory.mktemp("canaries")
    files = {canary.mistake: folder / f"{canary.mistake.replace(' ', '-')}.yml" for canary in CANARIES}
    for canary in CANARIES:
        files[canary.mistake].write_text(canary.text)
    return files


@cache
def judged(judge: str, *paths: Path) -> Verdict:
    return JUDGES[judge](paths)


def flock(judge: str, seeded: Mapping[str, Path]) -> tuple[Path, ...]:
    """The clean workflow and the canaries of one judge, so that a single process of it reads them all."""
    return (CLEAN, *(seeded[canary.mistake] for canary in CANARIES if judge in canary.found))


@pytest.mark.parametrize(("judge", "canary"), CASES)
def test_the_canary_is_flagged(judge: str, canary: Canary, seeded: Mapping[str, Path]) -> None:
    findings = judged(judge, *flock(judge, seeded)).findings
    own = [finding for finding in findings if finding.startswith(f"{seeded[canary.mistake]}:")]
    assert any(f" {canary.found[judge]}: " in finding for finding in own), own


@pytest.mark.parametrize("judge", JUDGES)
def test_the_judge_shows_that_it_read_its_canaries(judge: str, seeded: Mapping[str, Path]) -> None:
    paths = flock(judge, seeded)
    assert judged(judge, *paths).read == len(paths) - UNREAD.get(judge, 0) > 1


@pytest.mark.parametrize("judge", JUDGES)
def test_the_clean_workflow_has_no_finding(judge: str, seeded: Mapping[str, Path]) -> None:
    findings = judged(judge, *flock(judge, seeded)).findings
    assert [finding for finding in findings if finding.startswith(f"{CLEAN}:")] == []


def test_every_house_rule_has_a_canary() -> None:
    assert {canary.found["house"] for canary in CANARIES if "house" in canary.found} == {*RULES, "unreadable"}


@pytest.mark.parametrize("canary", [pytest.param(canary, id=canary.mistake) for canary in CANARIES])
def test_the_house_finds_the_mistake_and_nothing_else(canary: Canary, seeded: Mapping[str, Path]) -> None:
    findings = house([seeded[canary.mistake]]).findings
    assert {finding.split(": ")[1] for finding in findings} == {canary.found.get("house")} - {None}


def test_zizmor_passes_no_judgement_when_one_file_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("name: A workflow without jobs\non: push\n")
    with pytest.raises(JudgeError, match="input does not match expected validation schema"):
        zizmor([CLEAN, broken])


def test_zizmor_stays_offline_whatever_the_environment_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "ZIZMOR_CONFIG", "GH_HOST"):
        monkeypatch.setenv(name, "elsewhere.example")
    assert zizmor([CLEAN]) == Verdict((), 1)


def test_actionlint_does_not_go_on_without_shellcheck(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        "judges.linting.installed", lambda name: str(tmp_path) if name == "shellcheck" else installed(name)
    )
    with pytest.raises(JudgeError, match='Rule "shellcheck" was disabled'):
        actionlint([CLEAN])
