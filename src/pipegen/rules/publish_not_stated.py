"""PG211."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule, Safety
from pipegen.fixes import add
from pipegen.rules.subject import Subject


class PublishNotStated(Rule):
    """An environment of another name than the strategy's does not say when it is published.

    `development` is published by hand, `staging` and `production` on merge. Of any other environment the strategy
    says nothing, and guessing could publish code unasked.

    Bad:

    ```yaml
    environments:
      sandbox: {account: "111111111111"}
    ```

    Good:

    ```yaml
    environments:
      sandbox: {account: "111111111111", publish: manual}
    ```

    Fix: add `publish: manual` or `publish: on-merge`.
    """

    code = "PG211"
    name = "publish-not-stated"


RULES: tuple[type[Rule], ...] = (PublishNotStated,)


def check(subject: Subject) -> Iterator[Finding]:
    """The trigger of each environment."""
    for environment in subject.pipeline.environments:
        if environment.trigger is None:
            message = f"`{environment.name}` does not say what publishes it"
            remedy = "add `publish: manual` or `publish: on-merge`"
            route = ("environments", environment.name)
            fixes = tuple(add(route, "publish", when, safety=Safety.MANUAL) for when in ("manual", "on-merge"))
            yield Finding(PublishNotStated, Place(route, key=True), message, remedy=remedy, fixes=fixes)
