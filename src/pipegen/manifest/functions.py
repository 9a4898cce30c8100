"""The section `lambda`: functions, and the packages that are uploaded for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pipegen.manifest.section import Items, OneOrMore, Section
from pipegen.manifest.strings import Command, Folder, FunctionName, PackageId, Path

Runtime = Literal[
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "nodejs20.x",
    "nodejs22.x",
    "nodejs24.x",
    "provided.al2023",
]


class Function(Section):
    """A function that is given the code."""

    shorthand: ClassVar[str | None] = "name"

    name: FunctionName
    """Name of the function in AWS; `<environment>`, `<name>`, `<account>` and `<region>` are filled in."""
    optional: bool = False
    """Whether the function may be absent in an environment."""


class Package(Section):
    """A package of code, uploaded as a zip."""

    source: Folder
    """Folder with the code; all of it is zipped unless `output` names a zip."""
    runtime: Runtime
    """Runtime of the functions."""
    build: Command | None = None
    """Command that makes the package ready, run at the root of the repository without credentials."""
    output: Path | None = None
    """The zip that `build` writes, where it writes one."""
    functions: Annotated[tuple[Function, ...], OneOrMore(), Items(1, 50)]
    """The functions that are given this code."""


class Lambda(Section):
    """Functions that run for a moment, when something calls them. Publishing gives them new code and calls none."""

    packages: Annotated[Mapping[PackageId, Package], Items(0, 30)] = {}
    """Packages of code, by an identifier."""
    functions: Annotated[tuple[Function, ...], OneOrMore(), Items(0, 50)] = ()
    """Functions that are given the image of `image`."""


class PackageOverride(Section):
    """What an environment may state otherwise of a package."""

    functions: Annotated[tuple[Function, ...], OneOrMore(), Items(1, 50)]
    """The functions that are given this code here."""


class LambdaOverride(Section):
    """What an environment may state otherwise of `lambda`."""

    packages: Annotated[Mapping[PackageId, PackageOverride], Items(0, 30)] = {}
    """Packages whose functions are others here."""
