"""The section `release`: how a new version of a library comes to be."""

from __future__ import annotations

from pipegen.manifest.section import Section
from pipegen.manifest.strings import TagFormat


class PackageIndexes(Section):
    """Package indexes that the library is published to, each by trusted publishing, without a secret."""

    python: bool = False
    """Whether a wheel and a source archive go to the Python Package Index."""
    npm: bool = False
    """Whether a package goes to the npm registry."""


class Release(Section):
    """A release: the tests, then the next version as a tag."""

    tag: TagFormat = "v{version}"
    """The tag of a version."""
    github_release: bool = True
    """Whether the tag gets a release on GitHub, with notes."""
    package: PackageIndexes = PackageIndexes()
    """Package indexes that it is published to."""
