"""The section `files`: files that are synchronised to a bucket, such as Airflow DAGs."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pipegen.manifest.section import Items, OneOrMore, Section
from pipegen.manifest.strings import BucketName, Command, Exclusion, Folder, Prefix, SecretName


class Bucket(Section):
    """A bucket, by name or by the secret that holds its name."""

    shorthand: ClassVar[str | None] = "name"
    atomic: ClassVar[bool] = True

    name: BucketName | None = None
    """Name of the bucket; `<environment>`, `<name>`, `<account>` and `<region>` are filled in."""
    secret: SecretName | None = None
    """Secret of the GitHub environment that holds the name."""


class FilesOverride(Section):
    """What an environment may state otherwise of `files`, where there is one entry."""

    bucket: Bucket | None = None
    """The bucket here."""
    prefix: Prefix | None = None
    """The folder of the bucket here."""
    delete: bool | None = None
    """Whether what is no longer there is deleted here."""
    exclude: Annotated[tuple[Exclusion, ...], OneOrMore(), Items(0, 50)] | None = None
    """What is not synchronised here."""


class FileSet(Section):
    """A folder whose files replace those of a bucket."""

    source: Folder
    """The folder."""
    bucket: Bucket
    """Where the files go."""
    prefix: Prefix | None = None
    """Folder of the bucket that is theirs; the whole bucket otherwise."""
    delete: bool = False
    """Whether files are deleted there that are no longer in the folder."""
    exclude: Annotated[tuple[Exclusion, ...], OneOrMore(), Items(0, 50)] = ()
    """Patterns of files that are neither uploaded nor deleted, as `aws s3 sync --exclude` reads them."""
    build: Command | None = None
    """Command that makes the files, run for each environment with `ENVIRONMENT` set to its name."""
