"""The Terraform roots: valid together with the modules that they call, and the same for a reader as for Terraform."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cases import ACCEPTED, EXAMPLES, compiled, write
from pipegen.compiler import compile_manifest
from pipegen.files import WorkTree
from pipegen.output import Change, FileTree, differences, with_header
from pipegen.targets.aws.running import USUAL
from terraform import github_provider
from terraform.cli import MODULES, Terraform, needs_terraform

MANIFESTS = {path.stem: path for path in ACCEPTED} | {path.name: path / "deploy.yaml" for path in EXAMPLES}


def _tree(manifest: Path) -> FileTree:
    if manifest in ACCEPTED:
        compilation = compiled(manifest)
    else:
        compilation = compile_manifest(manifest.read_bytes(), WorkTree(manifest.parent))
    assert compilation.files is not None, compilation.diagnostics
    return {path: text for path, text in compilation.files.items() if path.startswith("deploy/")}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Every root of every manifest, called as a module of one configuration, because each `init` takes seconds."""
    needs_terraform()
    folder = tmp_path_factory.mktemp("roots")
    calls = {}
    for name, manifest in MANIFESTS.items():
        for path, text in _tree(manifest).items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_text(with_header(path, text))
            if path.endswith("/publishing.tf") and not path.startswith("deploy/modules/"):
                environment = path.split("/")[1]
                variables = [line.split('"')[1] for line in text.splitlines() if line.startswith("variable ")]
                source = f"./{name}/deploy/{environment}"
                calls[f"{name}-{environment}"] = {"source": source, **dict.fromkeys(variables, "example")}
    (folder / "main.tf.json").write_text(json.dumps({"module": calls}))
    terraform = Terraform(folder, github=github_provider.mirror(folder / "mirror"))
    terraform.init()
    return terraform


def test_every_root_is_valid(everything: Terraform) -> None:
    called = json.loads((everything.folder / "main.tf.json").read_text())["module"]
    assert len(called) > 2 * len(EXAMPLES)
    complaints = [complaint for complaint in everything.validate() if "Backend configuration" not in complaint.text]
    assert complaints == []


def test_every_root_is_laid_out_as_terraform_does(everything: Terraform) -> None:
    assert everything.run("fmt", "-check", "-recursive", "-diff") == ""


def test_what_is_left_out_of_a_root_is_what_the_module_assumes(tmp_path: Path) -> None:
    """The module is given the least that it takes, and asked what came of it."""
    needs_terraform()
    shutil.copy(MODULES / "service/variables.tf", tmp_path)
    least: dict[str, dict[str, Any]] = {
        "health_check": {},
        "deployment": {},
        "tasks": {"min": 1, "max": 1},
        "domain": {"host": "a.example"},
    }
    assert least.keys() == USUAL.keys()
    platform: dict[str, Any] = {
        "vpc_id": "x",
        "subnet_ids": [],
        "security_group_ids": [],
        "cluster": {"name": "x", "arn": "x"},
        "load_balancer": {"arn_suffix": "x", "listener_arn": "x"},
        "boundary": None,
    }
    repository = dict.fromkeys(("arn", "url", "name"), "x")
    others = {"name": "web", "cpu": 256, "memory": 512, "port": 80, "repository": repository, "platform": platform}
    (tmp_path / "least.auto.tfvars.json").write_text(json.dumps({**others, **least}))
    read = "{" + ", ".join(f"{name} = var.{name}" for name in USUAL) + "}"
    (tmp_path / "outputs.tf").write_text(f'output "read" {{ value = jsonencode({read}) }}')
    terraform = Terraform(tmp_path)
    terraform.init()
    found = json.loads(terraform.apply()["read"])
    assumed = {
        argument: {member: value for member, value in members.items() if member not in least[argument] and value}
        for argument, members in found.items()
    }
    assert assumed == json.loads(json.dumps(USUAL))


def test_a_root_of_an_application_is_short(everything: Terraform) -> None:
    """What runs in an environment can be read at a glance."""
    root = everything.folder / "application/deploy/production/main.tf"
    lines = root.read_text().splitlines()
    assert [line for line in lines if line.startswith('module "service"')]
    assert len(lines) < 35


def test_every_file_of_a_root_and_its_modules_goes_with_its_source(tmp_path: Path) -> None:
    tree = _tree(MANIFESTS["running"])
    assert {path.rpartition("/")[2] for path in tree if "/modules/" not in path} == {
        "main.tf",
        "providers.tf",
        "publishing.tf",
    }
    write(tmp_path, differences(tmp_path, tree))
    gone = differences(tmp_path, {})
    assert {one.path for one in gone if one.change is Change.REMOVE} == tree.keys()


def test_a_root_that_was_compiled_into_one_file_becomes_three(tmp_path: Path) -> None:
    """As pipegen had it before: everything in main.tf, which is replaced without asking."""
    tree = _tree(MANIFESTS["running"])
    of = [path for path in tree if path.startswith("deploy/production/")]
    before = {path: text for path, text in tree.items() if path not in of}
    before["deploy/production/main.tf"] = "".join(tree[path] for path in of)
    write(tmp_path, differences(tmp_path, before))
    changes = differences(tmp_path, tree)
    assert {one.path.rpartition("/")[2]: one.change for one in changes} == {
        "main.tf": Change.UPDATE,
        "providers.tf": Change.CREATE,
        "publishing.tf": Change.CREATE,
    }
    write(tmp_path, changes)
    assert differences(tmp_path, tree) == ()
