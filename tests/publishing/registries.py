"""Registries under ECR's host names, each an account's own: its password is the one that the account's role can get.

They are Debian's docker-registry. Unlike ECR's they create a repository with its first image, let a tag be moved and
know no policies: what a workflow may push is seen from what it pushed, by `images`.
"""

import ctypes
import hashlib
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .needs import needs, program
from .proxy import proxy

REGION = "eu-west-2"
PUBLIC, ALIAS = "public.ecr.aws", "acme"

_INDEXES = ("application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json")


@dataclass(frozen=True)
class Image:
    """What a tag names."""

    digest: str
    platforms: Mapping[str, str]
    """By platform, such as linux/amd64, the digest of its manifest; that of the tag itself where it is one image."""
    config: Mapping[str, Any]
    """What is to be run, of the first platform: `Labels`, `Env`, `Cmd` and so on."""


@dataclass(frozen=True)
class Registry:
    """The registries of several accounts, read from their storage."""

    folder: Path
    certificate: Path
    address: str
    """Of the proxy that knows their names."""

    def images(self, account: str) -> dict[str, dict[str, Image]]:
        """By repository and tag, all that the account's registry holds; that of everybody is called `public`."""
        store = _Store(self.folder / _host(account) / "storage/docker/registry/v2")
        return {name: store.tags(name) for name in store.repositories}


class _Store:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def repositories(self) -> list[str]:
        above = self._folder / "repositories"
        return sorted(str(path.parent.relative_to(above)) for path in above.rglob("_manifests"))

    def tags(self, repository: str) -> dict[str, Image]:
        folder = self._folder / "repositories" / repository / "_manifests/tags"
        return {tag.name: self._image((tag / "current/link").read_text()) for tag in sorted(folder.glob("*"))}

    def _blob(self, digest: str) -> Any:
        sum_ = digest.removeprefix("sha256:")
        data = (self._folder / "blobs/sha256" / sum_[:2] / sum_ / "data").read_bytes()
        assert hashlib.sha256(data).hexdigest() == sum_
        return json.loads(data)

    def _image(self, digest: str) -> Image:
        manifest = self._blob(digest)
        if manifest.get("mediaType") in _INDEXES:
            parts = {_platform(part["platform"]): part["digest"] for part in manifest["manifests"]}
            first = self._blob(self._blob(next(iter(parts.values())))["config"]["digest"])
        else:
            first = self._blob(manifest["config"]["digest"])
            parts = {_platform(first): digest}
        return Image(digest, parts, first.get("config", {}))


def _platform(part: Mapping[str, str]) -> str:
    return "/".join(filter(None, (part["os"], part["architecture"], part.get("variant"))))


def _host(account: str) -> str:
    return PUBLIC if account == "public" else f"{account}.dkr.ecr.{REGION}.amazonaws.com"


@contextmanager
def registry(*accounts: str) -> Iterator[Registry]:
    """Empty registries of these accounts; `public` is the public one."""
    needs("docker-registry", "skopeo", "openssl")
    named = {_host(account): account for account in accounts}
    with tempfile.TemporaryDirectory(prefix="registry") as name, ExitStack() as servers:
        folder = Path(name)
        key, certificate = _certify(folder, list(named))
        for host, account in named.items():
            servers.enter_context(_serve(folder / host, account, key, certificate))
        address = servers.enter_context(proxy({host: folder / host / "socket" for host in named}))
        yield Registry(folder, certificate, address)


def _certify(folder: Path, hosts: Sequence[str]) -> tuple[Path, Path]:
    """A key, and a certificate that is its own authority."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    names = ",".join(f"DNS:{name}" for name in hosts)
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subject = ["-subj", "/CN=registry", "-addext", f"subjectAltName={names}"]
    command = [program("openssl"), "req", *kind, *subject, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return key, certificate


@contextmanager
def _serve(folder: Path, account: str, key: Path, certificate: Path) -> Iterator[None]:
    folder.mkdir()
    passwords, settings, socket = folder / "passwords", folder / "settings.json", folder / "socket"
    passwords.write_text(f"AWS:{_bcrypt(password(account))}\n")
    tls = {"certificate": str(certificate), "key": str(key)}
    configuration = {
        "version": 0.1,
        "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(folder / "storage")}},
        "auth": {"htpasswd": {"realm": "ECR", "path": str(passwords)}},
        "http": {"net": "unix", "addr": str(socket), "tls": tls},
    }
    settings.write_text(json.dumps(configuration))  # YAML too
    with (folder / "log").open("w") as log:
        command = [program("docker-registry"), "serve", str(settings)]
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        while not socket.exists():
            if server.poll() is not None:
                raise RuntimeError((folder / "log").read_text())
            time.sleep(0.01)
        yield
    finally:
        server.terminate()
        server.wait()


def password(account: str) -> str:
    """The one that the stand-in for AWS gives to a role of that account."""
    return f"{account}-auth-token"


def _bcrypt(text: str) -> str:
    """A hash that docker-registry reads, by the library that the machine's own logins use."""
    library = ctypes.CDLL("libcrypt.so.1")
    library.crypt.restype = ctypes.c_char_p
    salted: bytes = library.crypt(text.encode(), b"$2y$04$" + b"." * 22)
    return salted.decode()
