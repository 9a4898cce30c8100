"""The actions that compiled workflows use, each pinned to the commit of a release.

Each commit was compared with the tag in the action's repository, and is on its default branch; that of
`gh-action-pypi-publish` was compared with the pins of many public workflows instead.
"""

from __future__ import annotations

from pipegen.targets.github.workflow import Noted


def _pinned(name: str, tag: str, commit: str) -> Noted:
    return Noted(f"{name}@{commit}", tag)


CHECKOUT = _pinned("actions/checkout", "v7.0.1", "3d3c42e5aac5ba805825da76410c181273ba90b1")
SETUP_PYTHON = _pinned("actions/setup-python", "v7.0.0", "5fda3b95a4ea91299a34e894583c3862153e4b97")
SETUP_NODE = _pinned("actions/setup-node", "v7.0.0", "820762786026740c76f36085b0efc47a31fe5020")
UPLOAD_ARTIFACT = _pinned("actions/upload-artifact", "v7.0.0", "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f")
DOWNLOAD_ARTIFACT = _pinned("actions/download-artifact", "v8.0.1", "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c")
ATTEST = _pinned("actions/attest-build-provenance", "v4.1.0", "a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32")
CREDENTIALS = _pinned("aws-actions/configure-aws-credentials", "v6.2.3", "e6de054238d6b7531b4efff3b6587d9aade6a06c")

PYPI = _pinned("pypa/gh-action-pypi-publish", "v1.13.0", "ed0c53931b1dc9bd32cbe73a98c7f6766f8a527e")

BUILDKIT = "moby/buildkit:v0.31.2@sha256:2f5adac4ecd194d9f8c10b7b5d7bceb5186853db1b26e5abd3a657af0b7e26ec"
"""The builder of images. Its digest was taken from public repositories and not compared with the registry's."""
BINFMT = "tonistiigi/binfmt:qemu-v10.2.3@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0"
"""The emulators of other platforms. Its digest was taken from public repositories, likewise."""
