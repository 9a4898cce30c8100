"""The section `environments`, and the settings that an environment may state otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pipegen.manifest.filesets import FilesOverride
from pipegen.manifest.functions import LambdaOverride
from pipegen.manifest.section import Items, Meanings, OneOrMore, Section
from pipegen.manifest.service import Service
from pipegen.manifest.strings import (
    Account,
    BucketName,
    ComponentName,
    EnvironmentName,
    PlatformName,
    Region,
    Reviewer,
    SlackChannel,
    SlackWorkspace,
)
from pipegen.manifest.task import Task


class Platform(Section):
    """What the organisation owns and every repository uses."""

    vpc: PlatformName = "<environment>-vpc"
    """Name of the network, its tag `Name`."""
    subnets: Annotated[tuple[PlatformName, ...], OneOrMore(), Items(1, 6, unique=True)] = (
        "<environment>-private-a",
        "<environment>-private-b",
    )
    """Names of the subnets that containers run in, their tags `Name`."""
    security_groups: Annotated[tuple[PlatformName, ...], OneOrMore(), Items(1, 5, unique=True)] = (
        "<environment>-services",
    )
    """Names of the security groups of containers."""
    cluster: PlatformName = "<environment>-cluster"
    """Name of the ECS cluster."""
    load_balancer: PlatformName = "<environment>-public"
    """Name of the application load balancer, which listens at port 443."""
    boundary: PlatformName | None = None
    """Name of the policy that is the permissions boundary of every role."""
    artifacts_bucket: BucketName = "<environment>-artifacts"
    """Bucket that packages of functions are uploaded to."""


class Slack(Section):
    """A channel of Slack."""

    workspace: SlackWorkspace
    """Id of the workspace, which was authorised once in the AWS console."""
    channel: SlackChannel
    """Id of the channel."""


class Notifications(Section):
    """Who is told of every step of a deployment, and of what fails."""

    atomic: ClassVar[bool] = True

    slack: Slack | None = None
    """A channel of Slack that nothing else in the account posts to: AWS allows one configuration for each."""
    topic: PlatformName | None = None
    """Name of a topic that the organisation owns, for a channel that several repositories post to."""


class Settings(Section):
    """What is stated once for the repository, and otherwise for an environment that differs."""

    region: Region = "eu-west-2"
    """AWS region."""
    credentials: Annotated[
        Literal["oidc", "access-keys"],
        Meanings(("a role that is assumed for each run", "access keys that are kept as secrets of the environment")),
    ] = "oidc"
    """How GitHub proves itself to AWS: a role assumed for each run, or access keys that are kept as secrets."""
    platform: Platform = Platform()
    """What the organisation owns."""
    notifications: Notifications | None = None
    """Who is told of every step of a deployment, and of what fails."""


class Approval(Section):
    """Who must approve before an environment is published."""

    reviewers: Annotated[tuple[Reviewer, ...], OneOrMore(), Items(1, 6, unique=True)]
    """Users, or teams as `team/slug`; one of them must approve."""


class Environment(Settings):
    """One environment of the infrastructure, in its own AWS account."""

    account: Account
    """AWS account id, quoted: an unquoted one loses its leading zero."""
    publish: (
        Annotated[
            Literal["on-merge", "manual"],
            Meanings(("whenever the publishing branch moves", "by hand, a run of any branch")),
        ]
        | None
    ) = None
    """What publishes here: a merge into the branch, or by hand a run of any branch. `development` defaults to `manual`,
    `staging` and `production` to `on-merge`."""
    after: EnvironmentName | None = None
    """Environment that must have been published before this one, in the run of a merge. A run by hand publishes the
    environment that it names alone, and waits for no other: where that is too much, add `approval`."""
    approval: Approval | None = None
    """Who must approve before anything is published here."""


class ApplicationEnvironment(Environment):
    """One environment of the infrastructure, in its own AWS account."""

    service: Service | None = None
    """What is otherwise here of `service`."""


class DataTaskEnvironment(Environment):
    """One environment of the infrastructure, in its own AWS account."""

    task: Task | None = None
    """What is otherwise here of `task`."""
    lambda_: LambdaOverride | None = None
    """What is otherwise here of `lambda`."""
    files: FilesOverride | None = None
    """What is otherwise here of `files`."""


class ComponentOverride(Section):
    """What an environment states otherwise for one component."""

    service: Service | None = None
    """What is otherwise here of `service`."""
    task: Task | None = None
    """What is otherwise here of `task`."""
    lambda_: LambdaOverride | None = None
    """What is otherwise here of `lambda`."""
    files: FilesOverride | None = None
    """What is otherwise here of `files`."""


class SharedEnvironment(Environment):
    """One environment of the infrastructure, in its own AWS account, for several components."""

    components: Annotated[Mapping[ComponentName, ComponentOverride], Items(0, 50)] = {}
    """What is otherwise here for a component, by its identifier."""


DEFAULT_PUBLISH: dict[str, Literal["on-merge", "manual"]] = {
    "development": "manual",
    "staging": "on-merge",
    "production": "on-merge",
}
"""When the environments that the strategy names are published."""
