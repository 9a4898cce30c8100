"""terraform, with the providers that this machine has already: nothing is fetched.

It runs without the caller's environment, in a folder of its own, with a configuration that names no registry. The
provider for AWS is the real one, and `needs_terraform` skips where it is missing; for GitHub's there is a stand-in.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

MODULES = Path(__file__).parents[2] / "src/pipegen/targets/aws/modules"
REGION = "eu-west-2"
_AWS = "registry.terraform.io/hashicorp/aws"
_GITHUB = "registry.terraform.io/integrations/github"


class TerraformError(Exception):
    """What terraform complained of."""


class Complaint(NamedTuple):
    """A diagnostic: an error or a warning, what is wrong with what, and the file it is in."""

    severity: str
    text: str
    file: str


@cache
def _missing() -> str | None:
    if not shutil.which("terraform"):
        return "terraform is not installed"
    if not _mirror():
        return "there is no mirror with version 5 of terraform's provider for AWS (TF_PLUGIN_CACHE_DIR can name one)"
    return None


def needs_terraform() -> None:
    """Skip the calling test where terraform or its provider for AWS is missing."""
    if missing := _missing():
        pytest.skip(missing)


@dataclass(frozen=True)
class Terraform:
    """A folder with a configuration. `endpoint` is where AWS is imitated, `github` a mirror of GitHub's provider."""

    folder: Path
    endpoint: str = ""
    github: Path | None = None

    def init(self) -> None:
        """Install providers and modules. It takes a second or two, so do it once for many modules."""
        self._settings.write_text(_settings(_mirror(), self.github))
        self.run("init", "-backend=false")

    def validate(self) -> list[Complaint]:
        """What is wrong with the configuration, and with the modules that it calls."""
        found = json.loads(self._run("validate", "-json").stdout)
        return [_complaint(diagnostic) for diagnostic in found["diagnostics"]]

    def apply(self) -> dict[str, Any]:
        """Make everything, and return the values of the outputs but those that are null."""
        found: dict[str, Any] = {}
        for message in self._messages("apply", "-auto-approve"):
            if message["type"] == "outputs":
                found = {name: output.get("value") for name, output in message["outputs"].items()}
        return found

    def resources(self) -> dict[str, dict[str, Any]]:
        """By address, the values of everything that was made or read, secrets too."""
        values = json.loads(self.run("show", "-json"))["values"]
        return {resource["address"]: resource["values"] for resource in _resources(values["root_module"])}

    def changes(self) -> list[str]:
        """What would be done now: `create aws_iam_role.publish`, say. Nothing is."""
        planned = [message["change"] for message in self._messages("plan") if message["type"] == "planned_change"]
        return [f"{change['action']} {change['resource']['addr']}" for change in planned]

    def warnings(self) -> list[str]:
        """What a plan warns of."""
        found = [message["diagnostic"] for message in self._messages("plan") if message["type"] == "diagnostic"]
        return [_complaint(diagnostic).text for diagnostic in found]

    def tested(self) -> list[dict[str, Any]]:
        """What `terraform test` reports of the tests in the folder, which may fail."""
        return [json.loads(line) for line in self._run("test", "-json").stdout.splitlines()]

    def run(self, *arguments: str) -> str:
        """What terraform printed. Raises TerraformError with what it complained of."""
        done = self._run(*arguments, "-no-color")
        if done.returncode:
            raise TerraformError(done.stderr or done.stdout)
        return done.stdout

    @property
    def _settings(self) -> Path:
        return self.folder / "settings.tfrc"

    def _messages(self, *arguments: str) -> list[dict[str, Any]]:
        done = self._run(*arguments, "-json", "-input=false", "-parallelism=20")
        messages = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode:
            wrong = [_complaint(message["diagnostic"]) for message in messages if message["type"] == "diagnostic"]
            raise TerraformError("\n".join(complaint.text for complaint in wrong) or done.stderr)
        return messages

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "AWS_ACCESS_KEY_ID": "none",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": self.endpoint or "http://127.0.0.1:9",  # where nobody answers
            "AWS_REGION": REGION,
            "AWS_SECRET_ACCESS_KEY": "none",
            "CHECKPOINT_DISABLE": "1",
            "HOME": str(self.folder),
            "PATH": os.environ["PATH"],
            "TF_CLI_CONFIG_FILE": str(self._settings),
            "TF_IN_AUTOMATION": "1",
        }
        command = ["terraform", f"-chdir={self.folder}", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


def aws() -> dict[str, Any]:
    """How the provider for AWS is set up for an imitation. In a `*_override.tf.json` it mends a compiled root."""
    return {"region": REGION, "s3_use_path_style": True, "max_retries": 1, "skip_metadata_api_check": "true"}


def root(folder: Path, modules: Mapping[str, Any], **more: Any) -> Path:
    """Write a root that calls `modules`, each the `source` (the name of a module of ours, or `./FOLDER`) and arguments.

    A module that takes providers besides the usual one is given the usual one. `more` is any other block.
    """
    shutil.copytree(MODULES, folder / "modules")
    calls: dict[str, Any] = {}
    for name, arguments in modules.items():
        source = arguments["source"] if arguments["source"].startswith("./") else f"./modules/{arguments['source']}"
        calls[name] = {**arguments, "source": source}
        if aliases := _aliases(folder / source):
            calls[name]["providers"] = {"aws": "aws"} | dict.fromkeys(aliases, "aws")
    # The provider for AWS is large, so it is installed only where it is used.
    uses_aws = any('"hashicorp/aws"' in _text(folder / call["source"]) for call in calls.values())
    content = {"module": calls, **({"provider": {"aws": aws()}} if uses_aws else {}), **more}
    (folder / "main.tf.json").write_text(json.dumps(content, indent=2))
    return folder


def variables(module: Path) -> list[str]:
    """The names of a module's variables."""
    return re.findall(r'^variable "([^"]+)"', _text(module), re.MULTILINE)


def _aliases(module: Path) -> list[str]:
    found = re.search(r"configuration_aliases\s*=\s*\[(.*?)\]", _text(module), re.DOTALL)
    return re.findall(r"[\w.]+", found[1]) if found else []


def _text(module: Path) -> str:
    return "\n".join(path.read_text() for path in sorted(module.glob("*.tf")))


def _resources(module: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _complaint(diagnostic: Mapping[str, Any]) -> Complaint:
    parts = (diagnostic["summary"], diagnostic.get("detail"), diagnostic.get("address"))
    text = ": ".join(part for part in parts if part)
    return Complaint(diagnostic["severity"], text, diagnostic.get("range", {}).get("filename", ""))


# Where providers are


def _settings(aws: Path | None, github: Path | None) -> str:
    mirrors = [(path, name) for path, name in ((aws, _AWS), (github, _GITHUB)) if path]
    blocks = [
        f'  filesystem_mirror {{\n    path = {json.dumps(str(path))}\n    include = ["{name}"]\n  }}\n'
        for path, name in mirrors
    ]
    return "provider_installation {\n" + "".join(blocks) + "}\n"


@cache
def _mirror() -> Path | None:
    """A folder that is laid out as a mirror, and has version 5 of the provider for AWS."""
    for place in _places():
        for depth in range(3):
            for found in sorted(place.glob("*/" * depth + _AWS)):
                if any(found.glob("5.*/*/terraform-provider-aws*")) or any(
                    found.glob("terraform-provider-aws_5.*.zip")
                ):
                    return found.parents[2]
    return None


def _places() -> Iterable[Path]:
    """Where people keep providers: what the user's own configuration names, then the usual folders."""
    home = Path.home()
    settings = Path(os.environ.get("TF_CLI_CONFIG_FILE", home / ".terraformrc"))
    if settings.is_file():
        named = re.findall(r'^\s*(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"', settings.read_text(), re.MULTILINE)
        yield from map(Path, named)
    if cached := os.environ.get("TF_PLUGIN_CACHE_DIR"):
        yield Path(cached)
    yield from (home / ".terraform.d", home / ".local/share/terraform")
    yield from map(Path, ("/usr/local/share", "/usr/share", "/opt"))
