"""The section `image`: the container image that is built once and published to every environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pipegen.manifest.section import Items, Meanings, OneOrMore, Section
from pipegen.manifest.strings import BuildTarget, Command, Folder, ImageTag, Path, Value, VariableName


class BuildArgument(Section):
    """A build argument: a value, or something that is known when the image is built."""

    shorthand: ClassVar[str | None] = "value"

    value: Value | None = None
    """The value itself."""
    from_: (
        Annotated[Literal["time", "commit"], Meanings(("when the commit was made", "the commit that is built"))] | None
    ) = None
    """`commit`, the commit that is built, or `time`, when it was made: the same for every build of it."""


class Image(Section):
    """How the image is built. The build sees no secret, and what it makes is moved to each environment unchanged."""

    dockerfile: Path = "Dockerfile"
    """The Dockerfile."""
    context: Folder = "."
    """The folder that the Dockerfile may copy from."""
    target: BuildTarget | None = None
    """Stage of the Dockerfile that is built; the last one otherwise."""
    build_args: Annotated[Mapping[VariableName, BuildArgument], Items(0, 50)] = {}
    """Build arguments."""
    before: Annotated[tuple[Command, ...], OneOrMore(), Items(0, 20)] = ()
    """Commands that run before the build, with the languages of the tests set up, and without credentials."""
    platforms: Annotated[
        tuple[Literal["linux/amd64", "linux/arm64"], ...],
        OneOrMore(),
        Items(1, 2, unique=True),
    ] = ("linux/amd64",)
    """Platforms that the image is built for."""
    registry: Annotated[
        Literal["private", "public"],
        Meanings(("the account's own registry", "the public registry, which starts nothing in AWS")),
    ] = "private"
    """Whose registry: the account's own, whose pushes AWS acts on, or the public one, whose pushes start nothing."""
    tag: ImageTag | None = None
    """A moving tag beside the unique one, for set-ups in AWS that watch it."""
    attest: bool = False
    """Whether the provenance of the image is signed, in a job of its own."""
