"""The section `environments`, and the settings that an environment may state otherwise."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pipegen.manifest.section import Items, OneOrMore, Section
from pipegen.manifest.strings import Account, EnvironmentName, Region, Reviewer


class Settings(Section):
    """What is stated once for the repository, and otherwise for an environment that differs."""

    region: Region = "eu-west-2"
    """AWS region."""
    credentials: Literal["oidc", "access-keys"] = "oidc"
    """How GitHub proves itself to AWS: a role assumed for each run, or access keys that are kept as secrets."""


class Approval(Section):
    """Who must approve before an environment is published."""

    reviewers: Annotated[tuple[Reviewer, ...], OneOrMore(), Items(1, 6)]
    """Users, or teams as `team/slug`; one of them must approve."""


class Environment(Settings):
    """One environment of the infrastructure, in its own AWS account."""

    later: ClassVar[frozenset[str]] = frozenset(
        {"service", "task", "lambda", "files", "notifications", "platform", "components"}
    )

    account: Account
    """AWS account id, quoted: an unquoted one loses its leading zero."""
    publish: Literal["on-merge", "manual"] | None = None
    """What publishes here: a merge into the branch, or a run started by hand. `development` defaults to `manual`,
    `staging` and `production` to `on-merge`."""
    after: EnvironmentName | None = None
    """Environment that must have been published before this one, in the same run."""
    approval: Approval | None = None
    """Who must approve before anything is published here."""


DEFAULT_PUBLISH: dict[str, Literal["on-merge", "manual"]] = {
    "development": "manual",
    "staging": "on-merge",
    "production": "on-merge",
}
"""When the environments that the strategy names are published."""
