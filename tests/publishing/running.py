"""Executing a compiled workflow that publishes or releases."""

from collections.abc import Mapping
from pathlib import Path

from act import Event, Run, execute
from act.rights import Outputs, Secrets
from pipegen.compiler import compile_manifest
from pipegen.files import WorkTree
from pipegen.output import with_header

from .cloud import Cloud
from .needs import needs, needs_builder
from .registries import Registry
from .remotes import Remote


def repository(folder: Path, manifest: str, files: Mapping[str, str]) -> Path:
    """A directory with these files, a manifest and what it compiles to."""
    _write(folder, {"deploy.yaml": manifest, **files})
    compilation = compile_manifest(manifest.encode(), WorkTree(folder))
    assert compilation.files is not None, compilation.diagnostics
    _write(folder, {path: with_header(path, body) for path, body in compilation.files.items()})
    return folder


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def publish(
    repo: Path,
    workflow: str,
    event: Event,
    *,
    registry: Registry | None = None,
    cloud: Cloud | None = None,
    remote: Remote | None = None,
    secrets: Secrets | None = None,
    left_out: Outputs | None = None,
    tampering: Mapping[str, str] | None = None,
    attempt: int = 1,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run the workflow of that name, with what it can reach; called again it is a re-run, or the next run."""
    needs("bash", "tar", "zip")
    if registry:
        needs_builder()
    return execute(
        repo,
        f".github/workflows/{workflow}.yml",
        event.name,
        event.payload,
        secrets=secrets,
        left_out=left_out,
        attempt=attempt,
        remote=remote.path if remote else None,
        tampering=tampering,
        environment={**_reach(registry, cloud, remote), **(environment or {})},
    )


def _reach(registry: Registry | None, cloud: Cloud | None, remote: Remote | None) -> dict[str, str]:
    """The variables by which the steps find what is there."""
    found = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": ""}
    if registry:
        found |= {"https_proxy": registry.address, "HTTPS_PROXY": registry.address}
        found |= {"SSL_CERT_FILE": str(registry.certificate)}
    if cloud:
        found |= {"AWS_ENDPOINT_URL": cloud.endpoint, "PIPEGEN_ACT_AWS": cloud.program}
    if remote:
        found |= {"PIPEGEN_ACT_REMOTE": str(remote.path), "PIPEGEN_ACT_RELEASES": str(remote.releases_folder)}
        found |= {"PIPEGEN_ACT_INDEX": str(remote.index)}
    return found
