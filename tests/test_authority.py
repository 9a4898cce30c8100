"""Who can publish where, by what is compiled: as every manifest says, and no seeded mistake goes unnoticed.

What is expected is worked out from the text of the manifest alone, by `proofs.publishers`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

import cases
from cases import ACCEPTED, EXAMPLES, PROJECT, Holding
from pipegen import authority, kinds
from pipegen.authority.conditions import Run, holds
from pipegen.authority.model import Situation
from pipegen.authority.runs import runs
from pipegen.authority.workflows import Workflow
from pipegen.compiler import compile_manifest
from pipegen.files import WorkTree
from pipegen.output import FileTree
from pipegen.pipeline import Pipeline
from pipegen.source import read
from pipegen.validate import validate
from proofs.publishers import differences, verdicts, waits
from random_manifests import manifest

MANIFESTS = [*ACCEPTED, *(example / "deploy.yaml" for example in EXAMPLES)]
CLEAN, FINDINGS, BUG = 0, 1, 3


def _name(manifest: Path) -> str:
    return manifest.stem if manifest in ACCEPTED else manifest.parent.name


def _files(manifest: Path) -> FileTree:
    if manifest in ACCEPTED:
        compilation = cases.compiled(manifest)
    else:
        compilation = compile_manifest(manifest.read_bytes(), WorkTree(manifest.parent))
    assert compilation.files is not None, compilation.diagnostics
    return compilation.files


# What a manifest says


@pytest.mark.parametrize("manifest", MANIFESTS, ids=_name)
def test_a_manifest_decides_who_can_publish(manifest: Path) -> None:
    said = yaml.safe_load(manifest.read_text())
    branch = said.get("branch", "main")
    table = json.loads(authority.as_json(authority.compiled(_files(manifest), branch)))
    environments = said.get("environments", {"release": {}})
    found = {name: environment["situations"] for name, environment in table["environments"].items()}
    assert found == {name: dict(verdicts(said, name, branch)) for name in environments}
    for name, stated in environments.items():
        assert waits(table, name) == ([stated["after"]] if "after" in stated else [], []), name


_SETTINGS = st.fixed_dictionaries(
    {"account": st.sampled_from(["012345678901", "111122223333"]), "publish": st.sampled_from(["manual", "on-merge"])},
    optional={
        "credentials": st.sampled_from(["oidc", "access-keys"]),
        "approval": st.just({"reviewers": ["team/deployers", "octocat"]}),
    },
)


@settings(max_examples=50, deadline=None)
@given(
    environments=st.dictionaries(st.sampled_from(["development", "qa", "staging", "live"]), _SETTINGS, min_size=1),
    branch=st.sampled_from(["main", "TOPIC", "2026", "release/1.x", "a-b_c"]),
)
def test_so_does_any_other(environments: dict[str, Any], branch: str) -> None:
    said = {**yaml.safe_load(MANIFEST), "environments": environments, "branch": branch}
    _, files = _compiled(json.dumps(said))
    table = json.loads(authority.as_json(authority.compiled(files, branch)))
    for name, environment in table["environments"].items():
        assert environment["situations"] == dict(verdicts(said, name, branch))


def test_so_does_every_random_manifest() -> None:
    """A sample of what `make manifests` compares."""
    for seed in range(16):
        one = manifest(seed)
        files = one.compiled().files
        assert files is not None
        cells, different = differences(one.data, files)
        assert cells > 9
        assert different == [], seed


# What must be noticed

MANIFEST = """\
version: 1
kind: application
name: widget
repository: {name: acme/widget, id: 12345, owner-id: 678}
test:
  suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
environments:
  development: {account: "012345678901"}
  keys: {account: "012345678902", credentials: access-keys, publish: on-merge}
  staging: {account: "111122223333"}
  production: {account: "444455556666", after: staging, approval: {reviewers: [team/deployers]}}
"""
LIBRARY = """\
version: 1
kind: library
name: lib
repository: acme/lib
test:
  suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
"""
PACKAGES = f"{LIBRARY}release: {{package: {{python: true, npm: true}}}}\n"
PUBLISH, TEST, RELEASE = (f".github/workflows/{name}.yml" for name in ("publish", "test", "release"))
ROOT, KEYS, DEVELOPMENT = (f"deploy/{name}/publishing.tf" for name in ("production", "keys", "development"))
PROVIDERS = "deploy/production/providers.tf"
IDENTITY, PROTECTION = (f"deploy/modules/{name}.tf" for name in ("publishing/identity", "github-environment/main"))
SUITES, BEFORE = "  test-suites:\n", "github.event_name == 'push' || github.ref == 'refs/heads/main' || "
STAGING, LAST, BY_HAND, TAG, INDEX = (
    f"  {job}:\n"
    for job in ("publish-staging", "publish-production", "publish-development", "release", "publish-python")
)
FIRST = "(needs.publish-staging.result == 'success' || github.event_name == 'workflow_dispatch') && "
ON, GITHUB, ROLE = '"on":', 'module "github" {', 'module "publishing" {'
HERE = "github.ref == 'refs/heads/main'"
ARMED = """\
  extra:
    runs-on: ubuntu-24.04
    environment: {name: production}
    permissions: {id-token: write}
    steps:
      - uses: aws-actions/configure-aws-credentials@v6
        with: {role-to-assume: "arn:aws:iam::444455556666:role/production-widget-publish"}
"""


class Seed(NamedTuple):
    """A mistake in a file: a text that becomes another, after a place that is looked for first."""

    path: str
    after: str
    old: str
    new: str
    said: str
    manifest: str = MANIFEST


SEEDS = {
    "condition without the branch": Seed(PUBLISH, STAGING, f"{HERE} && ", "", "staging, by hand, on another branch"),
    "condition of another branch": Seed(PUBLISH, STAGING, "heads/main", "heads/topic", "staging, push to main"),
    "condition that holds on another branch": Seed(
        PUBLISH, STAGING, HERE, "!cancelled()", "staging, by hand, on another"
    ),
    "condition that holds for another choice": Seed(
        PUBLISH, BY_HAND, "== 'development'", "!= 'staging'", "development, by hand, on main, for another environment"
    ),
    "condition that holds for one other choice": Seed(
        PUBLISH, LAST, "'production'))", "'production' || inputs.environment == 'staging'))", "for another environment"
    ),
    "condition that holds on a push": Seed(PUBLISH, BY_HAND, "== 'workflow_dispatch' &&", "== 'push' ||", "push to"),
    "condition that holds on a tag": Seed(
        PUBLISH, BY_HAND, "github.ref_type == 'branch' && ", "", "development, a run on a tag"
    ),
    "condition that always holds": Seed(PUBLISH, LAST, "!cancelled()", "always()", "production, a run on a tag"),
    "condition that is not known": Seed(
        PUBLISH, STAGING, "${{ ", "${{ contains(github.ref, 'x') || ", "staging, a run on a tag"
    ),
    "condition that is not closed": Seed(PUBLISH, STAGING, "${{ ", "${{ (", "staging, a run on a tag"),
    "condition that is missing": Seed(
        PUBLISH, STAGING, "    if:", "    x-if:", "staging, by hand, on main, for another"
    ),
    "condition with more behind it": Seed(PUBLISH, STAGING, " }}\n", " 'x' }}\n", "staging, by hand, on another"),
    "condition of a test that never holds": Seed(
        PUBLISH, SUITES, BEFORE, "", "staging, by hand, on main: must be possible"
    ),
    "condition of a build's test": Seed(PUBLISH, SUITES, BEFORE, "", "production, by hand, on main: must be possible"),
    "condition beside another": Seed(
        PUBLISH,
        STAGING,
        "    if:",
        "    if: ${{ always() }}\n    if:",
        "a workflow cannot be read: the key 'if' is there",
    ),
    "environment by an alias": Seed(
        PUBLISH,
        LAST,
        "name: production",
        "name: &x production",
        "a workflow cannot be read: an anchor, an alias or a t",
    ),
    "condition that is no YAML": Seed(PUBLISH, STAGING, "    if:", "    if: [", "a workflow cannot be read: "),
    "check behind something": Seed(PUBLISH, STAGING, "run: |\n", "run: |\n          exit 0\n", "that differs in case"),
    "check that never fails": Seed(PUBLISH, STAGING, "exit 1", "exit 0", "staging, by hand, on a branch that differs"),
    "check of another branch": Seed(
        PUBLISH, STAGING, "REQUIRED: refs/heads/main", "REQUIRED: x", "staging, push to main"
    ),
    "check that may fail": Seed(PUBLISH, STAGING, "id: request", "continue-on-error: true", "staging, a run on a tag"),
    "check that is too late": Seed(
        PUBLISH,
        STAGING,
        "    steps:\n",
        "    steps:\n      - {uses: x, with: {role-to-assume: x}}\n",
        "staging, a run on a tag",
    ),
    "environment dropped": Seed(
        PUBLISH, LAST, "    environment:\n      name: production\n", "", "is stopped by if, check, AWS"
    ),
    "environment exchanged": Seed(PUBLISH, LAST, "name: production", "name: staging", "production, push to main"),
    "environment of the run's choice": Seed(
        PUBLISH,
        LAST,
        "      name: production",
        "      name: ${{ inputs.environment }}",
        "publish.yml to staging, push to ano",
    ),
    "role of another environment": Seed(
        PUBLISH, LAST, "444455556666:role/production-", "111122223333:role/staging-", "production, push to main"
    ),
    "role of another account": Seed(
        PUBLISH, STAGING, "iam::111122223333", "iam::444455556666", "staging, push to main"
    ),
    "identity dropped": Seed(PUBLISH, STAGING, "id-token: write", "id-token: read", "staging, push to main"),
    "keys dropped": Seed(
        PUBLISH, "  publish-keys:", "secrets.DEPLOY_AWS_ACCESS_KEY_ID", "github.actor", "keys, push to"
    ),
    "pull requests heard": Seed(PUBLISH, ON, ON, f"{ON}\n  pull_request:", "production, pull request from a fork"),
    "pull requests heard with rights": Seed(PUBLISH, ON, ON, f"{ON}\n  pull_request_target:", "pull request from a f"),
    "schedule heard": Seed(PUBLISH, ON, ON, f"{ON}\n  schedule: []", "development, push to main"),
    "pushes heard of another branch": Seed(PUBLISH, ON, "[main]", "[trunk]", "staging, push to main"),
    "events as a word": Seed(PUBLISH, "", ON, '"on": push\nx-on:', "a workflow does not state its events"),
    "rights that are not stated": Seed(
        PUBLISH, STAGING, "    permissions:", "    x-permissions:", "publish-staging does not state its steps and perm"
    ),
    "armed job in another workflow": Seed(TEST, "jobs:\n", "jobs:\n", f"jobs:\n{ARMED}", "test.yml to production"),
    "armed job by all permissions": Seed(
        RELEASE,
        "  version:",
        "permissions:\n      contents: read # read the tags",
        "permissions: write-all",
        "push to",
        LIBRARY,
    ),
    "ref dropped from the trust": Seed(ROOT, ROLE, '    ref           = "refs/heads/main"\n', "", "ref must be"),
    "ref of another branch": Seed(ROOT, ROLE, "refs/heads/main", "refs/heads/topic", "push to main"),
    "ref that is not a text": Seed(ROOT, ROLE, '"refs/heads/main"', "var.ref", "ref must be"),
    "id dropped from the trust": Seed(ROOT, ROLE, "    repository_id = 12345\n", "", "ids must be"),
    "another repository trusted": Seed(ROOT, ROLE, "acme/widget", "acme/gadget", "trusts production of acme/g"),
    "another environment trusted": Seed(ROOT, ROLE, '"production"', '"development"', "trusts development of"),
    "branches widened": Seed(ROOT, GITHUB, '["main"]', '["main", "topic"]', "branches must be"),
    "branches widened by case": Seed(ROOT, GITHUB, '["main"]', '["main", "MAIN"]', "edited on another branch"),
    "branches said twice": Seed(ROOT, GITHUB, '["main"]', '["**/*"]\n  branches = ["main"]', "says branches twice"),
    "branches widened to all": Seed(KEYS, GITHUB, '["main"]', '["**/*"]', "a workflow edited on another branch"),
    "branches narrowed": Seed(DEVELOPMENT, GITHUB, '["**/*"]', '["main"]', "development, by hand, on another branch"),
    "branches of a release widened": Seed(
        "deploy/release/publishing.tf", GITHUB, '["main"]', '["*"]', "release: branches must be", LIBRARY
    ),
    "branches of a package index widened": Seed(
        "deploy/release/publishing.tf",
        GITHUB,
        '["main"]',
        '["*"]',
        "for a package index: must be stopped by GitHub, and is possible",
        PACKAGES,
    ),
    "reviewers dropped": Seed(ROOT, GITHUB, '  reviewers   = ["team/deployers"]\n', "", "reviewers must be"),
    "reviewers exchanged": Seed(ROOT, GITHUB, "team/deployers", "user/mallory", "reviewers must be"),
    "protection of another environment": Seed(ROOT, GITHUB, '= "production"', '= "staging"', "protects staging"),
    "protection dropped": Seed(ROOT, GITHUB, "/github-environment", "/publishing", "does not call github-environment"),
    "role renamed": Seed(ROOT, ROLE, '"production-widget', '"production-gadget', "role must be"),
    "account exchanged": Seed(PROVIDERS, 'provider "aws"', "444455556666", "111122223333", "account must be"),
    "account beside another": Seed(PROVIDERS, 'provider "aws"', '["4444', '["111122223333", "4444', "has 2 accounts"),
    "keys in the place of a role": Seed(ROOT, ROLE, '"oidc"', '"access-keys"', "credentials must be"),
    "a resource in a root": Seed(ROOT, "", GITHUB, f'resource "x" "y" {{}}\n\n{GITHUB}', "blocks that are not known"),
    "a module from elsewhere": Seed(ROOT, "", "../modules/publishing", "git::https://example.test/x", "not beside it"),
    "a call in a root": Seed(ROOT, GITHUB, '["main"]', 'concat(["main"])', "cannot be read"),
    "a root that ends too early": Seed(ROOT, GITHUB, '["main"]\n}', '["main"]', "ends too early"),
    "trust by a pattern": Seed(IDENTITY, "", "StringEquals = {", "StringLike = {", "publishing does not say any more"),
    "trust without the ref": Seed(IDENTITY, "", "    ref           = var.github.ref\n", "", "does not say any more"),
    "trust of every environment": Seed(IDENTITY, "", ":${var.github.environment}", ":*", "does not say any more"),
    "trust in another module": Seed(
        PROTECTION, "", "\n", '\nlocals { x = "sts:AssumeRoleWithSAML" }\n', "AssumeRoleWith"
    ),
    "another pattern of branches": Seed(
        PROTECTION,
        "",
        "\n",
        "\nlocals { branch_pattern = 1 }\n",
        "branch_pattern stands in the modules more than 1 times",
    ),
    "any protected branch": Seed(
        PROTECTION, "", "protected_branches     = false", "protected_branches     = true", "does not say any more"
    ),
    "any protected branch, and a comment": Seed(
        PROTECTION,
        "",
        "deployment_branch_policy {\n    protected_branches     = false",
        "# deployment_branch_policy { protected_branches = false custom_branch_policies = true }\n"
        "  deployment_branch_policy {\n    protected_branches     = true",
        "does not say any more",
    ),
    "administrators may pass": Seed(
        PROTECTION, "", "can_admins_bypass   = false", "can_admins_bypass   = true", "does not say any more"
    ),
    "release without the branch": Seed(RELEASE, TAG, f"{HERE} && ", "", "release, by hand, on another", LIBRARY),
    "release without environment": Seed(
        RELEASE, TAG, "    environment:\n      name: release\n", "", "and is stopped by if, check", LIBRARY
    ),
    "package without environment": Seed(
        RELEASE, INDEX, "    environment:\n      name: release\n", "", "and is stopped by if, check", PACKAGES
    ),
    "package without the branch": Seed(RELEASE, INDEX, f"{HERE} && ", "", "release, by hand, on another", PACKAGES),
    "package for a library without": Seed(
        RELEASE, TAG, "contents: write", "id-token: write", "for a package index: must be of no concern", LIBRARY
    ),
    "wait dropped": Seed(PUBLISH, LAST, FIRST, "", "publish.yml to production, push: must wait for staging"),
    "job that does not wait beside the one that does": Seed(
        PUBLISH, "jobs:\n", "jobs:\n", f"jobs:\n{ARMED}", "publish.yml to production, push: must wait for staging"
    ),
    "wait for what is not needed": Seed(PUBLISH, LAST, ", publish-staging]", "]", "push: must wait for staging"),
    "wait by hand as well": Seed(
        PUBLISH, LAST, " || github.event_name == 'workflow_dispatch') &&", ") &&", "dispatch: must not wait for staging"
    ),
    "wait for another as well": Seed(
        PUBLISH, STAGING, "build]", "build, publish-keys]", "push: must not wait for keys"
    ),
}


def _compiled(manifest: str) -> tuple[Pipeline, FileTree]:
    data = manifest.encode()
    files = compile_manifest(data, Holding("Dockerfile")).files
    document = read(data, "deploy.yaml").document
    assert document is not None
    model = validate(document).manifest
    assert files is not None
    assert model is not None
    return kinds.lower(model), files


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS)
def test_a_mistake_in_what_is_compiled_is_noticed(seed: Seed) -> None:
    pipeline, files = _compiled(seed.manifest)
    authority.check(pipeline, files)
    with pytest.raises(authority.AuthorityError) as caught:
        authority.check(pipeline, _broken(files, seed))
    assert seed.said in str(caught.value)


@pytest.mark.parametrize("mistake", ["condition that always holds", "branches widened to all", "wait dropped"])
def test_the_second_table_differs_when_something_is_wrong(mistake: str) -> None:
    seed = SEEDS[mistake]
    _, files = _compiled(seed.manifest)
    said = yaml.safe_load(seed.manifest)
    assert differences(said, files)[1] == []
    assert differences(said, _broken(files, seed))[1] != []


def test_what_is_said_to_the_letter(golden_text: SnapshotAssertion) -> None:
    pipeline, files = _compiled(MANIFEST)
    said = []
    for name in ("condition that always holds", "environment exchanged", "reviewers dropped", "account exchanged"):
        seed = SEEDS[name]
        with pytest.raises(authority.AuthorityError) as caught:
            authority.check(pipeline, _broken(files, seed))
        said.append(f"{name}:\n" + "".join(f"  {one}\n" for one in str(caught.value).split("; ")))
    without = {path: text for path, text in files.items() if not path.startswith("deploy/keys/")}
    for name, found, wanted in (("a root is missing", without, pipeline), ("a root too many", files, None)):
        with pytest.raises(authority.AuthorityError) as caught:
            authority.check(wanted or _compiled(MANIFEST.replace("  keys: {", "  # {"))[0], found)
        said.append(f"{name}:\n" + "".join(f"  {one}\n" for one in str(caught.value).split("; ")))
    assert "\n".join(said) == golden_text


def test_one_difference_hides_no_other() -> None:
    pipeline, files = _compiled(MANIFEST)
    without = {path: text for path, text in files.items() if not path.startswith("deploy/development/")}
    with pytest.raises(authority.AuthorityError) as caught:
        authority.check(pipeline, _broken(without, SEEDS["reviewers dropped"]))
    assert "development is not compiled; " in str(caught.value)
    assert "production: reviewers must be " in str(caught.value)


@pytest.mark.parametrize("manifest", [MANIFEST, LIBRARY, PACKAGES], ids=["application", "library", "packages"])
def test_the_tables_to_the_letter(manifest: str, golden_text: SnapshotAssertion) -> None:
    """Made here, where the mistakes of `make mutation` are."""
    _, files = _compiled(manifest)
    found = authority.compiled(files, "main")
    assert f"{authority.as_text(found)}\n{authority.as_json(found)}" == golden_text


def _broken(files: FileTree, seed: Seed) -> FileTree:
    before, after, rest = files[seed.path].partition(seed.after) if seed.after else ("", "", files[seed.path])
    assert seed.old in (seed.after + rest)
    return {**files, seed.path: before + (after + rest).replace(seed.old, seed.new, 1)}


@pytest.mark.parametrize(
    ("filters", "is_heard"),
    [
        ("branches: [main]", False),
        ("branches: [main, 'topi*']", True),
        ("branches-ignore: [main]", True),
        ("branches: [main]\n    tags: [v1]", True),
        ("branches: [main]\n    paths: ['**']", False),
        ("paths: ['**']", True),
    ],
)
def test_a_push_is_heard_unless_a_filter_says_that_it_is_not(filters: str, is_heard: bool) -> None:
    pipeline, files = _compiled(MANIFEST)
    before, staging, rest = files[PUBLISH].partition(STAGING)
    assert "branches: [main]" in before
    text = before.replace("branches: [main]", filters) + staging + rest.replace(f"{HERE} && ", "", 1)
    with pytest.raises(authority.AuthorityError) as caught:
        authority.check(pipeline, {**files, PUBLISH: text})
    assert ("staging, push to another branch" in str(caught.value)) == is_heard


@pytest.mark.parametrize(
    "path",
    [
        "deploy/production/more.tf",
        "deploy/production/main.tf.json",
        "deploy/production/deeper/main.tf",
        "deploy/main.tf",
        "deploy/modules/publishing/deeper/main.tf",
        "deploy/modules/publishing/main.tf.json",
        "deploy/modules/publishing/.tf",
        "deploy/modules//main.tf",
        "deploy//main.tf",
    ],
)
def test_nothing_else_may_stand_beside_a_root(path: str) -> None:
    pipeline, files = _compiled(MANIFEST)
    with pytest.raises(authority.AuthorityError, match="neither a root nor of a module") as refused:
        authority.check(pipeline, {**files, path: "\n"})
    assert path in str(refused.value)


@pytest.mark.parametrize("module", ["publishing", "github-environment"])
def test_a_module_that_is_not_there_guards_nothing(module: str) -> None:
    pipeline, files = _compiled(MANIFEST)
    left = {path: text for path, text in files.items() if not path.startswith(f"deploy/modules/{module}/")}
    assert left != files
    with pytest.raises(authority.AuthorityError, match=f"calls modules that are not there: {module}$"):
        authority.check(pipeline, left)


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("AssumeRoleWith", 1),
        ("Federated", 1),
        ('resource "github_repository_environment"', 1),
        ("branch_pattern", 1),
        ("tag_pattern", 0),
        ("sts:*", 0),
    ],
)
def test_no_module_says_a_second_time_who_is_trusted(words: str, times: int) -> None:
    """The modules say it as often as they may, so that once more is too often, wherever it stands."""
    pipeline, files = _compiled(MANIFEST)
    another = "deploy/modules/another/main.tf"
    authority.check(pipeline, {**files, another: f"# {words}\n"})
    said = f"{words} stands in the modules more than {times} times"
    with pytest.raises(authority.AuthorityError) as refused:
        authority.check(pipeline, {**files, another: f"locals {{}} {words}\n"})
    assert said in str(refused.value)


def _refs(situation: Situation, branch: str = "main") -> set[str]:
    return {run.ref for run in runs(situation, "live", frozenset({"live", "qa"}), branch)}


def test_which_runs_a_situation_consists_of() -> None:
    """What is asked of other branches is asked of some whose names only begin or end alike."""

    def asked(situation: Situation) -> set[tuple[str, str]]:
        return {(run.event, run.chosen) for run in runs(situation, "live", frozenset({"live", "qa"}), "main")}

    assert asked(Situation.FORK) == asked(Situation.PULL) == {("pull_request", "")}
    assert asked(Situation.PUSH) == asked(Situation.PUSH_ELSEWHERE) == {("push", "")}
    assert asked(Situation.TAG) == {("push", "live"), ("workflow_dispatch", "live")}
    assert asked(Situation.BY_HAND) == asked(Situation.ELSEWHERE) == asked(Situation.ALIKE)
    assert asked(Situation.BY_HAND) == {("workflow_dispatch", "live")}
    ((_, qa), (_, none)) = sorted(asked(Situation.ANOTHER), key=lambda one: one[1] != "qa")
    assert (qa, none in ("live", "qa", "")) == ("qa", False)
    for situation in (Situation.PUSH, Situation.BY_HAND, Situation.ANOTHER):
        assert _refs(situation) == {"refs/heads/main"}
    assert _refs(Situation.ALIKE) == {"refs/heads/MAIN"}
    elsewhere = _refs(Situation.ELSEWHERE)
    assert elsewhere == _refs(Situation.PUSH_ELSEWHERE)
    assert all(re.fullmatch(r"refs/heads/(?!main$)[a-z0-9/-]+", ref) for ref in elsewhere)
    assert any(ref.startswith("refs/heads/main") for ref in elsewhere)
    assert any(ref.endswith("/main") for ref in elsewhere)
    assert any("main" not in ref for ref in elsewhere)
    tags, pulls = _refs(Situation.TAG), _refs(Situation.PULL)
    assert all(re.fullmatch(r"refs/tags/[a-z0-9.]+", ref) for ref in tags)
    assert "refs/tags/main" in tags
    assert all(re.fullmatch(r"refs/pull/[0-9]+/merge", ref) for ref in pulls)
    assert _refs(Situation.EDITED) == _refs(Situation.INDEX) == elsewhere | tags | pulls | {"refs/heads/MAIN"}


@pytest.mark.parametrize("branch", ["topic", "TOPIC", "2026"])
def test_no_other_branch_is_the_one_that_publishes(branch: str) -> None:
    for situation in (Situation.ELSEWHERE, Situation.PUSH_ELSEWHERE):
        assert f"refs/heads/{branch}".lower() not in map(str.lower, _refs(situation, branch))
    assert f"refs/heads/{branch}" not in _refs(Situation.EDITED, branch)


CHECKED = """\
"on":
  push:
jobs:
  checked:
    runs-on: x
    permissions: {}
    steps:
      - env:
          REQUIRED: refs/heads/main
        run: |
          [[ "$GITHUB_REF" == "$REQUIRED" ]]
  behind:
    needs: [checked]
    if: github.ref == 'x'
    runs-on: x
    permissions: {}
    steps: []
  regardless:
    needs: [checked]
    if: "!cancelled()"
    runs-on: x
    permissions: {}
    steps: []
"""


def test_a_script_stops_whoever_needs_its_success() -> None:
    workflow = Workflow(CHECKED)
    found = {id: [workflow.is_checked(id, f"refs/heads/{name}") for name in ("main", "topic")] for id in workflow.jobs}
    assert found == {"checked": [False, True], "behind": [False, True], "regardless": [False, False]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("      - env:\n", "      - if: github.ref == 'x'\n        env:\n"),
        ("      - env:\n", "      - continue-on-error: true\n        env:\n"),
        ("      - env:\n", "      - shell: x\n        env:\n"),
        ("      - env:\n", "      - uses: x\n        with:\n          role-to-assume: x\n      - env:\n"),
        ("      - env:\n", "      - uses: x\n        with:\n          aws-access-key-id: x\n      - env:\n"),
        ("          [[", "          true\n          [["),
        (" ]]\n", " ]] || true\n"),
        (' == "$REQUIRED"', ' != "$REQUIRED"'),
        (' == "$REQUIRED"', ' == "$ANOTHER"'),
        ("REQUIRED: ", "ANOTHER: "),
    ],
)
def test_a_script_that_may_be_passed_stops_nobody(before: str, after: str) -> None:
    assert before in CHECKED
    workflow = Workflow(CHECKED.replace(before, after, 1))
    assert not any(workflow.is_checked(id, "refs/heads/topic") for id in workflow.jobs)


@pytest.mark.parametrize(
    ("condition", "is_held"),
    [
        ("", False),  # a job that it needs has not succeeded
        ("github.event_name == 'push'", False),
        ("!cancelled() && github.event_name == 'push'", True),
        ("${{ !cancelled() && github.event_name == 'push' }}", True),
        ("!cancelled()&&github.event_name=='PUSH'", True),
        ("!cancelled() && github.event_name != 'push'", False),
        ("!cancelled() && !(github.event_name == 'push')", False),
        ("!cancelled() && github.ref == 'refs/heads/main'", True),
        ("!cancelled() && github.ref == 'refs/heads/topic'", False),
        ("!cancelled() && github.ref_type == 'branch'", True),
        ("!cancelled() && github.ref_type == 'tag'", False),
        ("!cancelled() && inputs.environment == 'production'", True),
        ("!cancelled() && inputs.environment == ''", False),
        ("!cancelled() && needs.build.result == 'success'", True),
        ("!cancelled() && needs.build.result == 'skipped'", False),
        ("!cancelled() && needs.test.result == 'success'", False),
        ("!cancelled() && needs.test.result == 'skipped'", True),
        ("cancelled()", False),
        ("!cancelled() && ('' || 'a') == 'a'", True),
        ("!cancelled() && ('' || 'a') == ''", False),
        ("!cancelled() && ('a' && 'b') == 'b'", True),
        ("!cancelled() && ('a' && 'b') == 'a'", False),
        ("!cancelled() && ''", False),
        # What is not understood holds, also where the rest would not.
        ("github.actor == 'x'", True),
        ("cancelled() && github.actor", True),
        ("cancelled() == 'false'", True),
        ("'false' == cancelled()", True),
        ("cancelled() && (github.ref", True),
        ("cancelled() && github.ref ==", True),
        ("cancelled() 'x'", True),
        ("cancelled() && contains(github.ref, 'x')", True),
        ("cancelled() && github.ref > 'x'", True),
    ],
)
def test_when_a_job_starts(condition: str, is_held: bool) -> None:
    run = Run("push", "refs/heads/main", "production")
    assert holds(condition, run, {"build": True, "test": False}) is is_held


def test_a_job_without_a_condition_waits_for_what_it_needs() -> None:
    run = Run("push", "refs/tags/v1")
    assert [holds("", run, needs) for needs in ({}, {"a": True}, {"a": True, "b": False})] == [True, True, False]
    assert [holds(f"github.ref_type == '{kind}'", run, {"a": True}) for kind in ("tag", "branch")] == [True, False]


def test_a_branch_without_letters_has_none_that_differs_in_case() -> None:
    pipeline, files = _compiled(MANIFEST.replace("test:", 'branch: "2026"\ntest:', 1))
    authority.check(pipeline, files)
    assert "differs in case" not in authority.as_text(authority.compiled(files, "2026"))


# The command, and the refusal


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM scratch\n")
    (folder / "deploy.yaml").write_text(MANIFEST)
    return folder


def _pipegen(folder: Path, *arguments: str, package: Path = PROJECT / "src") -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(package)}
    command = [sys.executable, "-m", "pipegen", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("manifest", [MANIFEST, LIBRARY, PACKAGES], ids=["application", "library", "packages"])
def test_the_table_of_a_repository(repository: Path, manifest: str, golden_text: SnapshotAssertion) -> None:
    (repository / "deploy.yaml").write_text(manifest)
    assert _pipegen(repository, "compile").returncode == CLEAN
    run = _pipegen(repository, "authority")
    assert (run.returncode, run.stderr) == (CLEAN, "")
    assert run.stdout == golden_text


def test_the_table_for_programs(repository: Path) -> None:
    assert _pipegen(repository, "compile").returncode == CLEAN
    run = _pipegen(repository, "authority", "--format", "json")
    table = json.loads(run.stdout)
    assert run.returncode == CLEAN
    assert table["environments"]["production"]["guards"] == {
        "repository": "acme/widget",
        "account": "444455556666",
        "role or user": "production-widget-publish",
        "credentials": "oidc",
        "trusted ref": "refs/heads/main",
        "branches on GitHub": ["main"],
        "reviewers": ["team/deployers"],
        "workflows": ["publish.yml"],
        "on merge, waits for": ["staging"],
        "by hand, waits for": [],
    }


def test_the_table_for_programs_says_all_that_the_text_says(repository: Path) -> None:
    (repository / "deploy.yaml").write_text(PACKAGES)
    assert _pipegen(repository, "compile").returncode == CLEAN
    text = " ".join(_pipegen(repository, "authority").stdout.split())
    table = json.loads(_pipegen(repository, "authority", "--format", "json").stdout)
    said = ["Signed: Date:", *table["notes"], 'After "no" stands what stops it, each by itself:']
    said += [" ".join(layer) for layer in table["layers"].items()]
    for title, verdict in table["environments"]["release"]["situations"].items():
        because = ", ".join(verdict["stoppedBy"]) or verdict["because"]
        said.append(f"{title} {verdict['publishes']}{': ' if because else ''}{because}")
    for title, value in table["environments"]["release"]["guards"].items():
        shown = value if isinstance(value, str) else ", ".join(value)
        said.append(f"{title} {shown or '-'}")
    for one in sorted(said, key=len, reverse=True):
        assert one in text
        text = text.replace(one, "", 1)
    assert text.split() == ["release"]


def test_an_environment_waits_if_every_workflow_does() -> None:
    files = _files(PROJECT / "examples/two-images/deploy.yaml")
    before, last, rest = files[".github/workflows/publish-api.yml"].partition(LAST)
    assert FIRST in rest
    broken = {**files, ".github/workflows/publish-api.yml": before + last + rest.replace(FIRST, "", 1)}
    tables = [json.loads(authority.as_json(authority.compiled(tree, "main"))) for tree in (files, broken)]
    assert [waits(table, "production") for table in tables] == [(["staging"], []), ([], [])]


def test_an_environment_that_waits_by_hand_as_well_is_shown_to() -> None:
    seed = SEEDS["wait by hand as well"]
    table = json.loads(authority.as_json(authority.compiled(_broken(_compiled(seed.manifest)[1], seed), "main")))
    assert waits(table, "production") == (["staging"], ["staging"])


def test_several_reviewers_stand_beside_one_another() -> None:
    _, files = _compiled(MANIFEST.replace("[team/deployers]", "[team/deployers, octocat]"))
    assert "team/deployers, user/octocat\n" in authority.as_text(authority.compiled(files, "main"))


def test_a_table_of_other_files_than_are_here_says_so(repository: Path) -> None:
    run = _pipegen(repository, "authority")
    assert run.returncode == FINDINGS
    assert "not as compiled" in run.stderr


def test_there_is_no_table_of_a_wrong_manifest(repository: Path) -> None:
    (repository / "deploy.yaml").write_text(MANIFEST.replace("approval", "aproval"))
    run = _pipegen(repository, "authority")
    assert (run.returncode, "error[unknown-key]" in run.stdout) == (FINDINGS, True)


def test_a_pipegen_that_would_allow_too_much_writes_nothing(repository: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(PROJECT / "src/pipegen", package / "pipegen")
    expressions = package / "pipegen/targets/github/expressions.py"
    right = "return f\"github.ref == '{_ref(branch)}' && (github.event_name == 'push' || ({by_hand}))\""
    assert right in expressions.read_text()
    assert _pipegen(repository, "compile", "--check", package=package).returncode == FINDINGS
    expressions.write_text(
        expressions.read_text().replace(right, right.replace("github.ref == '{_ref(branch)}' && ", ""))
    )
    run = _pipegen(repository, "compile", package=package)
    assert run.returncode == BUG
    assert (
        "keys, by hand, on another branch: must be stopped by if, check, GitHub, and is stopped by check" in run.stderr
    )
    assert {path.name for path in repository.iterdir()} == {"Dockerfile", "deploy.yaml"}
