"""Terraform's own tests of the modules, `tests/terraform/modules`, with providers that answer without an account.

The providers are the real ones (GitHub's a stand-in) as far as they check what they are told; nothing is made.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cases import HERE
from terraform import github_provider
from terraform.cli import MODULES, Terraform, needs_terraform

TESTS = HERE / "terraform/modules"
NAMES = sorted(path.parent.name for path in MODULES.glob("*/main.tf"))


class Seed(NamedTuple):
    """A mistake in a module: a text of a file that becomes another, and what the module's tests must say."""

    file: str
    old: str
    new: str
    said: str


SEEDS = {
    "container": Seed("main.tf", '"${var.family}-template"', "var.family", "must never get the template"),
    "functions": Seed("policy.tf", '"lambda:CreateAlias",', '"lambda:InvokeFunction",', "called by nobody"),
    "github-environment": Seed(
        "main.tf", "can_admins_bypass   = false", "can_admins_bypass   = true", "Administrators"
    ),
    "machine": Seed("alarms.tf", 'timed-out = "ExecutionsTimedOut", ', "", "Every way to fail has an alarm"),
    "notifications": Seed(
        "slack.tf", "CloudWatchReadOnlyAccess", "AdministratorAccess", "Nothing can be changed from the channel"
    ),
    "platform": Seed("main.tf", "length(self.ids) == 1", "length(self.ids) <= 1", "Missing expected failure"),
    "public-repositories": Seed("main.tf", "= each.value", '= "${each.value}-x"', "the name that is pushed to"),
    "publishing": Seed("identity.tf", "ref           = var.github.ref", "ref           = null", "and branch alone"),
    "rollout": Seed("main.tf", '[{ prefix = "git-" }]', '[{ prefix = "" }]', "Only unique tags"),
    "service": Seed(
        "deployment.tf", ', "DEPLOYMENT_STOP_ON_ALARM"', "", "must be rolled back when it fails, on an alarm"
    ),
    "task": Seed("families.tf", ":registerTaskDefinition", ":runTask", "nothing is started"),
    "worker": Seed("main.tf", "rollback = true", "rollback = false", "bring the old ones back"),
}


class Said(NamedTuple):
    """What Terraform says of the tests of a module: how many runs passed, and what is wrong."""

    passed: int
    wrong: str


def _tested(folder: Path, seeds: dict[str, Seed]) -> dict[str, Said]:
    """Run the tests of every module, with a mistake in some. One configuration has them all: `init` takes seconds."""
    terraform = _configuration(folder)
    shutil.copytree(TESTS, folder / "tests", ignore=shutil.ignore_patterns("mocks"))
    for module, seed in seeds.items():
        path = folder / "modules" / module / seed.file
        assert seed.old in path.read_text()
        path.write_text(path.read_text().replace(seed.old, seed.new, 1))
    terraform.init()
    passed: dict[str, int] = defaultdict(int)
    wrong: dict[str, list[str]] = defaultdict(list)
    for message in terraform.tested():
        module = Path(message.get("@testfile", "")).name.partition(".")[0]
        if message["type"] == "test_run" and message["test_run"]["progress"] == "complete":
            passed[module] += message["test_run"]["status"] == "pass"
        elif message["type"] == "diagnostic":
            wrong[module].append(_text(message["diagnostic"]))
    return {module: Said(passed[module], "\n".join(wrong[module])) for module in NAMES}


def _configuration(folder: Path) -> Terraform:
    needs_terraform()
    shutil.copytree(MODULES, folder / "modules")
    shutil.copytree(TESTS / "mocks", folder / "mocks")
    providers = {"aws": {"source": "hashicorp/aws"}, "github": {"source": "integrations/github"}}
    (folder / "main.tf.json").write_text(json.dumps({"terraform": {"required_providers": providers}}))
    return Terraform(folder, github=github_provider.mirror(folder / "mirror"))


def _text(diagnostic: dict[str, Any]) -> str:
    return f"{diagnostic['summary']}: {diagnostic.get('detail', '')}"


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    return _tested(tmp_path_factory.mktemp("modules"), {})


@pytest.mark.parametrize("name", NAMES)
def test_a_module_does_what_its_tests_say(name: str, tested: dict[str, Said]) -> None:
    written = (TESTS / f"{name}.tftest.hcl").read_text()
    assert tested[name] == Said(written.count('\nrun "'), "")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    return _tested(tmp_path_factory.mktemp("seeded"), SEEDS)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_in_a_module_is_noticed(name: str, seeded: dict[str, Said]) -> None:
    assert SEEDS[name].said in seeded[name].wrong


KEPT = """
mock_provider "aws" {
  source = "./mocks"
}

run "made" {
  module {
    source = "./modules/publishing"
  }
  variables {
    name   = "production-web-publish"
    github = { repository = "acme/web", repository_id = 12, owner_id = 34, environment = "production" }
    images = { "production-web" = { immutable = true } }
  }
}

run "made_in_public" {
  module {
    source = "./modules/public-repositories"
  }
  variables {
    names = ["production-web"]
  }
}
"""


def test_repositories_of_images_cannot_be_destroyed(tmp_path: Path) -> None:
    """After its runs Terraform takes down what they made, and cannot."""
    terraform = _configuration(tmp_path)
    (tmp_path / "kept.tftest.hcl").write_text(KEPT)
    terraform.init()
    refused = [
        _text(message["diagnostic"])
        for message in terraform.tested()
        if message["type"] == "diagnostic" and message["diagnostic"]["summary"] == "Instance cannot be destroyed"
    ]
    for repository in ("aws_ecr_repository", "aws_ecrpublic_repository"):
        assert [text for text in refused if repository in text]
