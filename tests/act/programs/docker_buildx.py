"""`docker buildx`, played by buildah: an OCI archive comes of a Dockerfile as from BuildKit, without a daemon.

What it cannot play, and what a publishing workflow must not do, it refuses: a builder that is not pinned by digest or
was never created, provenance or an SBOM added to the image, an output other than an OCI archive, a platform that
nothing emulates, a build argument without a value, any other option.

Without base images and a network only a Dockerfile `FROM scratch` can be built.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

_PINNED = re.compile(r"[^@]+@sha256:[0-9a-f]{64}")
_NATIVE = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def fail(message: str) -> NoReturn:
    sys.exit(f"docker: {message}")


def main(arguments: Sequence[str]) -> None:
    match list(arguments):
        case ["buildx", "create", *options]:
            _create(options)
        case ["buildx", "build", *options]:
            _build(options)
        case ["run", "--rm", "--privileged", image, "--install", platforms]:
            _emulate(image, platforms)
        case other:
            fail(f"unexpected: {other}")


def _state() -> Path:
    """What this job's machine holds; act gives every job its own RUNNER_TEMP, and nothing else."""
    folder = Path(os.environ["RUNNER_TEMP"]).with_name("docker")
    folder.mkdir(exist_ok=True)
    return folder


class _Parser(argparse.ArgumentParser):
    def __init__(self, name: str) -> None:
        super().__init__(prog=f"docker {name}", allow_abbrev=False, add_help=False)


def _create(arguments: Sequence[str]) -> None:
    parser = _Parser("buildx create")
    parser.add_argument("--name", required=True)
    parser.add_argument("--driver", required=True, choices=["docker-container"])
    parser.add_argument("--driver-opt", required=True)
    parser.add_argument("--use", action="store_true")
    options = parser.parse_args(arguments)
    name, _, image = options.driver_opt.partition("=")
    if name != "image" or not _PINNED.fullmatch(image):
        fail(f"the builder's image is not pinned by digest: {options.driver_opt}")
    _state().joinpath(f"builder-{options.name}").write_text(image)
    if options.use:
        _state().joinpath("builder").write_text(options.name)
    print(options.name)


def _emulate(image: str, platforms: str) -> None:
    if not _PINNED.fullmatch(image):
        fail(f"the emulator's image is not pinned by digest: {image}")
    for architecture in platforms.split(","):
        _state().joinpath(f"emulated-{architecture}").touch()
    print(f"installing: {platforms} OK")


def _build(arguments: Sequence[str]) -> None:
    parser = _Parser("buildx build")
    parser.add_argument("--builder")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--target")
    parser.add_argument("--platform", default=f"linux/{_NATIVE[platform.machine()]}")
    parser.add_argument("--build-arg", action="append", default=[])
    parser.add_argument("--label", action="append", default=[])
    parser.add_argument("--provenance", required=True, choices=["false"])
    parser.add_argument("--sbom", required=True, choices=["false"])
    parser.add_argument("--output", required=True)
    parser.add_argument("context", type=Path)
    options = parser.parse_args(arguments)
    _check_builder(options.builder)
    destination, timestamp = _output(options.output)
    platforms = options.platform.split(",")
    for wanted in platforms:
        _check_platform(wanted)
    dockerfile = options.file or options.context / "Dockerfile"
    if not dockerfile.is_file():
        fail(f"failed to read dockerfile: {dockerfile}: no such file or directory")
    if not options.context.is_dir():
        fail(f"path {options.context} not found")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        common = [
            *(["--target", options.target] if options.target else []),
            *(["--timestamp", timestamp] if timestamp else []),
            *(f"--build-arg={_argument(argument)}" for argument in options.build_arg),
            *(f"--label={label}" for label in options.label),
            *_ignored(dockerfile),
            f"--file={dockerfile}",
            str(options.context),
        ]
        _Buildah(Path(folder)).archive(platforms, common, destination)


def _check_builder(given: str | None) -> None:
    chosen = _state() / "builder"
    name = given or (chosen.read_text() if chosen.exists() else None)
    if name is None:
        fail("no builder is chosen, and the default one cannot write an OCI archive")
    if not _state().joinpath(f"builder-{name}").exists():
        fail(f'no builder "{name}" found')


def _output(text: str) -> tuple[Path, str]:
    """Where the archive goes, and the time that all files of it are given, empty for their own."""
    parts = dict(part.split("=", 1) for part in text.split(","))
    rewritten = parts.pop("rewrite-timestamp", "false") == "true"
    if parts.keys() != {"type", "dest"} or parts["type"] != "oci":
        fail(f"the output is not just an OCI archive: {text}")
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if rewritten and not epoch.isdecimal():
        fail("rewrite-timestamp has no effect without SOURCE_DATE_EPOCH")
    return Path(parts["dest"]), epoch if rewritten else ""


def _check_platform(wanted: str) -> None:
    system, _, architecture = wanted.partition("/")
    if system != "linux" or not architecture:
        fail(f"unexpected platform: {wanted}")
    if architecture != _NATIVE[platform.machine()] and not (_state() / f"emulated-{architecture}").exists():
        fail(f"{wanted} is not emulated, so that RUN would end with: exec format error")


def _argument(argument: str) -> str:
    """`NAME` takes its value from the environment; docker would silently leave out one without any."""
    if "=" in argument:
        return argument
    if argument not in os.environ:
        fail(f"the build argument {argument} has no value")
    return f"{argument}={os.environ[argument]}"


def _ignored(dockerfile: Path) -> list[str]:
    """BuildKit prefers the list of ignored files that stands beside the Dockerfile, under its name."""
    own = dockerfile.with_name(f"{dockerfile.name}.dockerignore")
    return [f"--ignorefile={own}"] if own.exists() else []


class _Buildah:
    """buildah with a storage of its own, in this folder."""

    def __init__(self, folder: Path) -> None:
        self._own = [f"--root={folder / 'root'}", f"--runroot={folder / 'run'}", "--storage-driver=vfs"]

    def archive(self, platforms: Sequence[str], common: Sequence[str], destination: Path) -> None:
        """One after the other, because their order in the index would be chance otherwise."""
        for number, wanted in enumerate(platforms):
            options = [
                "--format=oci",
                "--layers=false",
                "--pull-never",
                f"--platform={wanted}",
                f"--tag=built:{number}",
            ]
            self._run("build", *options, *common)
        if len(platforms) == 1:
            self._run("push", "--quiet", "built:0", f"oci-archive:{destination}")
            return
        self._run("manifest", "create", "index")
        for number, _ in enumerate(platforms):
            self._run("manifest", "add", "index", f"containers-storage:localhost/built:{number}")
        self._run("manifest", "push", "--quiet", "--all", "--format=oci", "index", f"oci-archive:{destination}")

    def _run(self, *arguments: str) -> None:
        command = ["buildah", *self._own, *arguments]
        run = subprocess.run(command, env={**os.environ, "BUILDAH_ISOLATION": "chroot"}, check=False)
        if run.returncode:
            fail(f"the build failed with exit code {run.returncode}")
