"""Every judge flags what it is there for, and shows that it looked."""

import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from judges import JUDGES, JudgeError, Verdict, house, shellcheck, terraform, zizmor
from judges.house_rules import RULES
from judges.programs import installed
from judges.scripts import CALLED, OPTIONS, scripts_of

CLEAN = Path(__file__).parent / "canaries" / "clean.yml"
PUBLISHING = CLEAN.with_name("publishing.yml")

# Passages of the clean workflows.
SCRIPT = 'make test-unit REFERENCE="$REFERENCE"'
VALUE = "REFERENCE: ${{ github.ref }}"
ACTION = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
CREDENTIALS = "        with:\n          persist-credentials: false\n"
DIGEST = "@sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777"
RUNNER = "runs-on: ubuntu-24.04"
PYTHON = '          python-version: "3.12"'
READ_ONLY = "contents: read # check out the code"
NO_RIGHTS = "    permissions: {}\n    steps"
COPY = "--all --preserve-digests --digestfile"
CHECK = '          if [[ "$found" != "$DIGEST" ]]; then\n            exit 1\n          fi\n'
ENVIRONMENT = "    environment:\n      name: staging\n"


class Canary(NamedTuple):
    """A clean workflow with one mistake seeded: the words changed for it, and by judge what must be found."""

    mistake: str
    edits: Mapping[str, str]
    found: Mapping[str, str]
    base: Path = CLEAN

    @property
    def text(self) -> str:
        text = self.base.read_text()
        for old, new in self.edits.items():
            assert old in text, f"{self.base.name} has no {old!r}"
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
    Canary("an unquoted variable", {SCRIPT: "make $REFERENCE"}, {"shellcheck": "SC2086"}),
    Canary("a script that is none", {SCRIPT: "if true; then"}, {"shellcheck": "SC1073"}),
    Canary("a shell without pipefail", {"shell: bash": "shell: sh"}, {"shellcheck": "shell", "house": "shell"}),
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
        "a cache where a tag is pushed",
        {"branches-ignore: [main]": "tags: [v*]", PYTHON: f"{PYTHON}\n          cache: pip"},
        {"zizmor": "cache-poisoning"},
    ),
    Canary("an action of others", {"actions/setup-python": "others/setup-python"}, {"house": "known-action"}),
    Canary(
        "runs that go together with none",
        {"concurrency:\n  group": "env:\n  group", "  cancel-in-progress: true\n": ""},
        {"zizmor": "concurrency-limits", "house": "concurrency"},
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
        {NO_RIGHTS: "    permissions:\n      id-token: write\n    steps"},
        {"zizmor": "undocumented-permissions", "house": "oidc-environment"},
    ),
    Canary(
        "a signature beside something else",
        {NO_RIGHTS: "    permissions:\n      attestations: read # a\n      id-token: write # b\n    steps"},
        {"house": "oidc-environment"},
    ),
    Canary(
        "a job that may write what is no affair of it",
        {NO_RIGHTS: "    permissions:\n      checks: write # show the results\n    steps"},
        {"house": "write-permissions"},
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
        {**both_actionlints("syntax-check"), "schema": "$.jobs.suites.timeout-minutes"},
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
        "a secret for the whole repository",
        {VALUE: "REFERENCE: ${{ secrets.A }}"},
        {"zizmor": "secrets-outside-env", "house": "secrets-environment"},
    ),
    Canary(
        "a right to sign beside something else",
        {NO_RIGHTS: "    permissions:\n      attestations: write # store the provenance\n    steps"},
        {"house": "write-permissions"},
    ),
    Canary(
        "a right to write the code outside a release",
        {"id-token: write # assume": "contents: write # tag\n      id-token: write # assume"},
        {"house": "write-permissions"},
        PUBLISHING,
    ),
    Canary(
        "a service beside credentials",
        {ENVIRONMENT: f"{ENVIRONMENT}    services:\n      postgres:\n        image: postgres:16-alpine{DIGEST}\n"},
        {"house": "armed-code"},
        PUBLISHING,
    ),
    Canary("the token of the run", {VALUE: "REFERENCE: ${{ github.token }}"}, {"house": "secrets-environment"}),
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
    Canary(
        "a publish of what others push",
        {"branches: [main]": "branches: [main, release/**]"},
        {"house": "publishing-events"},
        PUBLISHING,
    ),
    Canary(
        "a publish of tags",
        {"    branches: [main]\n    paths": "    tags: [v*]\n    paths"},
        {"house": "publishing-events"},
        PUBLISHING,
    ),
    Canary(
        "a publish of a pull request",
        {"  workflow_dispatch:": "  pull_request:\n  workflow_dispatch:"},
        {"house": "publishing-events"},
        PUBLISHING,
    ),
    Canary(
        "a publish that is cancelled",
        {"cancel-in-progress: false\ndefaults": "cancel-in-progress: true\ndefaults"},
        {"house": "publishing-concurrency"},
        PUBLISHING,
    ),
    Canary(
        "a job that is cancelled while it publishes",
        {"      cancel-in-progress: false\n": "      cancel-in-progress: true\n"},
        {"house": "publishing-concurrency"},
        PUBLISHING,
    ),
    Canary(
        "two jobs that publish to an environment at once",
        {"    concurrency:\n      group: publish-staging\n      cancel-in-progress: false\n": ""},
        {"house": "publishing-concurrency"},
        PUBLISHING,
    ),
    Canary(
        "a group that two environments share",
        {"group: publish-staging": "group: publish-main"},
        {"house": "publishing-concurrency"},
        PUBLISHING,
    ),
    Canary(
        "a publish from any branch or tag",
        {"github.ref == 'refs/heads/main' && ": ""},
        {"house": "publishing-condition"},
        PUBLISHING,
    ),
    Canary(
        "a publish for any event",
        {"github.event_name == 'push' || (github.event_name == 'workflow_dispatch' && ": "("},
        {"house": "publishing-condition"},
        PUBLISHING,
    ),
    Canary(
        "a publish to an environment that was not chosen",
        {"inputs.environment == 'staging'": "inputs.environment == 'development'"},
        {"house": "publishing-condition"},
        PUBLISHING,
    ),
    Canary(
        "a publish of what failed",
        {"if: ${{ github.ref": "if: ${{ always() && github.ref"},
        {"house": "publishing-condition"},
        PUBLISHING,
    ),
    Canary(
        "a publish whatever was skipped",
        {"if: ${{ github.ref": "if: ${{ !cancelled() && github.ref"},
        {"house": "publishing-condition"},
        PUBLISHING,
    ),
    Canary(
        "a branch that is compared without its case",
        {'[[ "$GITHUB_REF" != "$REQUIRED" ]]': '[[ "${GITHUB_REF,,}" != "${REQUIRED,,}" ]]'},
        {"house": "exact-branch"},
        PUBLISHING,
    ),
    Canary(
        "credentials outside an environment",
        {
            ENVIRONMENT: "",
            "      id-token: write # assume the role of staging\n": "      contents: read # none\n",
            "${{ secrets.FILES_BUCKET }}": "files",
        },
        {"house": "credentials-environment"},
        PUBLISHING,
    ),
    Canary(
        "the repository's code beside credentials",
        {
            "      - name: Fetch the image": "      - name: Build\n        id: make\n        run: |\n          cd a\n"
            "          if [[ -d b ]]; then make build; fi\n      - name: Fetch the image"
        },
        {"house": "armed-code"},
        PUBLISHING,
    ),
    Canary(
        "an artefact that is run beside credentials",
        {"run: aws s3 sync": 'run: umask 77; "$RUNNER_TEMP/files/run"; aws s3 sync'},
        {"house": "armed-code"},
        PUBLISHING,
    ),
    Canary(
        "a checkout beside credentials",
        {
            "      - name: Fetch the image": "      - name: Check out the code\n        id: checkout\n"
            f"        uses: {ACTION}\n{CREDENTIALS}      - name: Fetch the image"
        },
        {"house": "armed-code"},
        PUBLISHING,
    ),
    Canary("an archive that is not compared", {CHECK: ""}, {"house": "checked-artifact"}, PUBLISHING),
    Canary(
        "an archive that is compared with another digest",
        {"DIGEST: ${{ needs.build.outputs.digest-image }}": "DIGEST: ${{ needs.build.outputs.digest-other }}"},
        {**both_actionlints("expression"), "house": "checked-artifact"},
        PUBLISHING,
    ),
    Canary(
        "an archive by name",
        {"artifact-ids: ${{ needs.build.outputs.artifact-image }}": "name: image"},
        {"house": "checked-artifact"},
        PUBLISHING,
    ),
    Canary(
        "a check after the credentials",
        {"id: publish-image": "id: check-again"},
        {"house": "credentials-last"},
        PUBLISHING,
    ),
    Canary(
        "credentials of any account",
        {'          allowed-account-ids: "111122223333"\n': ""},
        {"house": "aws-credentials"},
        PUBLISHING,
    ),
    Canary(
        "a role of another account",
        {"iam::111122223333": "iam::444455556666"},
        {"house": "aws-credentials"},
        PUBLISHING,
    ),
    Canary("a long session", {"seconds: 1800": "seconds: 43200"}, {"house": "aws-credentials"}, PUBLISHING),
    Canary(
        "a region from outside",
        {"aws-region: eu-west-2": "aws-region: ${{ inputs.environment }}"},
        {"house": "aws-credentials"},
        PUBLISHING,
    ),
    Canary(
        "a builder by tag",
        {"@sha256:2f5adac4ecd194d9f8c10b7b5d7bceb5186853db1b26e5abd3a657af0b7e26ec": ""},
        {"house": "builder-digest"},
        PUBLISHING,
    ),
    Canary(
        "a builder by no image",
        {' --driver-opt "image=$BUILDKIT"': ""},
        {"house": "builder-digest"},
        PUBLISHING,
    ),
    Canary("an index of one platform", {"--provenance=false": "--quiet"}, {"house": "image-build"}, PUBLISHING),
    Canary("a copy of one platform", {COPY: "--preserve-digests --digestfile"}, {"house": "image-copy"}, PUBLISHING),
    Canary(
        "a push of an unknown digest",
        {'          [[ "$(cat "$RUNNER_TEMP/digest")" == "$DIGEST" ]]\n': ""},
        {"house": "image-copy"},
        PUBLISHING,
    ),
    Canary("links out of the files", {" --no-follow-symlinks": ""}, {"house": "bucket-links"}, PUBLISHING),
    Canary(
        "a cache in a publishing workflow",
        {PYTHON: f"{PYTHON}\n          cache: pip"},
        {"house": "publish-cache"},
        PUBLISHING,
    ),
    Canary(
        "a cache in a release",
        {"name: Publish\n": "name: Release\n", PYTHON: f"{PYTHON}\n          cache: pip"},
        {"house": "publish-cache"},
        PUBLISHING,
    ),
    Canary(
        "an action that caches unasked in a publishing workflow",
        {"actions/setup-python": "actions/setup-node", "python-version": "node-version"},
        {"house": "publish-cache"},
        PUBLISHING,
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
            "shellcheck": "unreadable",
            "schema": "unreadable",
            "readers": "unreadable",
            "house": "unreadable",
        },
    ),
]
# How many of its canaries a judge does not count as read, since they are no YAML to it. actionlint counts them.
UNREAD = {"upstream-actionlint": 1, "shellcheck": 1, "schema": 1, "readers": 2, "house": 1}
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
    return (CLEAN, PUBLISHING, *(seeded[canary.mistake] for canary in CANARIES if judge in canary.found))


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
def test_the_clean_workflows_have_no_finding(judge: str, seeded: Mapping[str, Path]) -> None:
    findings = judged(judge, *flock(judge, seeded)).findings
    assert [finding for finding in findings if finding.startswith((f"{CLEAN}:", f"{PUBLISHING}:"))] == []


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


def test_shellcheck_is_called_as_actionlint_calls_it(tmp_path: Path) -> None:
    """With the same options and bytes, and for every script that actionlint hands over."""
    recorder = tmp_path / "shellcheck"
    recorder.write_text(
        f'#!/bin/bash\nfile=$(mktemp {tmp_path}/call.XXXXXX)\nprintf \'%s\\n\' "$*" > "$file"\n'
        'cat >> "$file"\necho \'{"comments": []}\'\n'
    )
    recorder.chmod(0o755)
    paths = [CLEAN, PUBLISHING, *(Path(__file__).parents[1] / "examples").glob("*/.github/workflows/*.yml")]
    subprocess.run(
        [installed("actionlint"), "-config-file=/dev/null", f"-shellcheck={recorder}", "-pyflakes=", *paths], check=True
    )
    calls = {tuple(call.read_text().split("\n", 1)) for call in tmp_path.glob("call.*")}
    scripts = {script for path in paths for _, _, script in scripts_of(path)}
    options = " ".join((OPTIONS[0], "-f json1", *OPTIONS[1:], "-"))
    assert calls == {(options, CALLED.format(script)) for script in scripts}
    assert len(scripts) > 40


def test_what_is_found_in_a_script_is_found_wherever_it_stands(seeded: Mapping[str, Path], tmp_path: Path) -> None:
    path = seeded["an unquoted variable"]
    copy = tmp_path / "copy.yml"
    copy.write_bytes(path.read_bytes())
    verdict = shellcheck([path, copy])
    assert [finding.split(":")[0] for finding in verdict.findings] == [str(path), str(copy)]
    assert verdict.read == 2


def test_terraform_flags_its_canaries_and_shows_what_it_read(tmp_path: Path) -> None:
    """A root as it is compiled, one that is laid out otherwise, and two that are no HCL."""
    root = Path(__file__).parents[1] / "deploy/release/publishing.tf"
    text = root.read_text()
    canaries = {"layout": text.replace(" = ", "  = ", 1), "open": text + "{\n", "word": text + "word\n"}
    for name, broken in canaries.items():
        (tmp_path / name).write_text(broken)
    verdict = terraform([root, *(tmp_path / name for name in canaries)])
    assert [finding.removeprefix(f"{tmp_path}/").split(": ")[:2] for finding in verdict.findings] == [
        ["layout", "layout"],
        ["open", "unreadable"],
        ["word", "unreadable"],
    ]
    assert verdict.read == 2
