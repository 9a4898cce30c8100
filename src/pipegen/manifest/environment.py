"""The section `environments`, and the settings that an environment may state otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pipegen.manifest.filesets import FilesOverride
from pipegen.manifest.functions import LambdaOverride
from pipegen.manifest.section import Items, OneOrMore, Section
from pipegen.manifest.strings import Account, BucketName, ComponentName, EnvironmentName, Region, Reviewer


class Platform(Section):
    """What the organisation owns and every repository uses."""

    later: ClassVar[frozenset[str]] = frozenset(
        {"vpc", "subnets", "security-groups", "cluster", "load-balancer", "boundary"}
    )

    artifacts_bucket: BucketName = "<environment>-artifacts"
    """Bucket that packages of functions are uploaded to."""


class Settings(Section):
    """What is stated once for the repository, and otherwise for an environment that differs."""

    region: Region = "eu-west-2"
    """AWS region."""
    credentials: Literal["oidc", "access-keys"] = "oidc"
    """How GitHub proves itself to AWS: a role assumed for each run, or access keys that are kept as secrets."""
    platform: Platform = Platform()
    """What the organisation owns."""


class Approval(Section):
    """Who must approve before an environment is published."""

    reviewers: Annotated[tuple[Reviewer, ...], OneOrMore(), Items(1, 6, unique=True)]
    """Users, or teams as `team/slug`; one of them must approve."""


class Environment(Settings):
    """One environment of the infrastructure, in its own AWS account."""

    later: ClassVar[frozenset[str]] = frozenset({"service", "task", "notifications"})

    account: Account
    """AWS account id, quoted: an unquoted one loses its leading zero."""
    publish: Literal["on-merge", "manual"] | None = None
    """What publishes here: a merge into the branch, or a run started by hand. `development` defaults to `manual`,
    `staging` and `production` to `on-merge`."""
    after: EnvironmentName | None = None
    """Environment that must have been published before this one, in the same run."""
    approval: Approval | None = None
    """Who must approve before anything is published here."""


class SingleEnvironment(Environment):
    """One environment of the infrastructure, in its own AWS account."""

    lambda_: LambdaOverride | None = None
    """What is otherwise here of `lambda`."""
    files: FilesOverride | None = None
    """What is otherwise here of `files`."""


class ComponentOverride(Section):
    """What an environment states otherwise for one component."""

    later: ClassVar[frozenset[str]] = frozenset({"service", "task"})

    lambda_: LambdaOverride | None = None
    """What is otherwise here of `lambda`."""
    files: FilesOverride | None = None
    """What is otherwise here of `files`."""


class SharedEnvironment(Environment):
    """One environment of the infrastructure, in its own AWS account, for several components."""

    components: Annotated[Mapping[ComponentName, ComponentOverride], Items(0, 20)] = {}
    """What is otherwise here for a component, by its identifier."""


DEFAULT_PUBLISH: dict[str, Literal["on-merge", "manual"]] = {
    "development": "manual",
    "staging": "on-merge",
    "production": "on-merge",
}
"""When the environments that the strategy names are published."""
