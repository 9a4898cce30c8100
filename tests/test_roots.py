"""The Terraform roots: valid together with the modules that they call, and the same for a reader as for Terraform."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases import ACCEPTED, EXAMPLES, compiled
from pipegen.compiler import compile_manifest
from pipegen.files import WorkTree
from pipegen.output import FileTree, with_header
from terraform import github_provider
from terraform.cli import Terraform, needs_terraform

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
            if path.endswith("/main.tf") and not path.startswith("deploy/modules/"):
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
