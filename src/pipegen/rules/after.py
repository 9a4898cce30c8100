"""PG208 to PG210: the order of environments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipegen.diagnostics import Finding, Place, Rule
from pipegen.fixes import rename
from pipegen.pipeline import Environment, Trigger
from pipegen.rules.subject import Subject
from pipegen.suggest import nearest


class UnknownEnvironment(Rule):
    """`after` names an environment that the manifest does not have.

    Bad:

    ```yaml
    environments:
      staging: {account: "111111111111"}
      production: {account: "222222222222", after: stagin}
    ```

    Good:

    ```yaml
    environments:
      staging: {account: "111111111111"}
      production: {account: "222222222222", after: staging}
    ```

    Fix: name one of the manifest's environments.
    """

    code = "PG208"
    name = "unknown-environment"


class EnvironmentsInCircle(Rule):
    """Environments wait for one another in a circle, so that none of them would ever be published.

    Bad:

    ```yaml
    environments:
      staging: {account: "111111111111", after: production}
      production: {account: "222222222222", after: staging}
    ```

    Good:

    ```yaml
    environments:
      staging: {account: "111111111111"}
      production: {account: "222222222222", after: staging}
    ```

    Fix: delete one `after`.
    """

    code = "PG209"
    name = "environments-in-circle"


class AfterManual(Rule):
    """An environment waits for another one in a run that never publishes both.

    A push publishes only environments that are published on merge, and a run by hand only the chosen one.

    Bad:

    ```yaml
    environments:
      development: {account: "111111111111"}
      staging: {account: "222222222222", after: development}
    ```

    Good:

    ```yaml
    environments:
      development: {account: "111111111111", publish: on-merge}
      staging: {account: "222222222222", after: development}
    ```

    Fix: publish both the same way, or delete `after`.
    """

    code = "PG210"
    name = "after-manual"


RULES: tuple[type[Rule], ...] = (
    UnknownEnvironment,
    EnvironmentsInCircle,
    AfterManual,
)


def check(subject: Subject) -> Iterator[Finding]:
    """The `after` of each environment."""
    environments = {environment.name: environment for environment in subject.pipeline.environments}
    for name, environment in environments.items():
        if environment.after is None:
            continue
        place = Place(("environments", name, "after"))
        first = environments.get(environment.after)
        if first is None:
            meant = nearest(environment.after, [other for other in environments if other != name])[:1]
            label = f"did you mean `{meant[0]}`?" if meant else ""
            fixes = tuple(rename(place, word) for word in meant)
            yield Finding(
                UnknownEnvironment, place, f"there is no environment `{environment.after}`", label, fixes=fixes
            )
        elif name in _waited_for(first, environments):
            yield Finding(EnvironmentsInCircle, place, f"`{name}` would wait for itself", remedy="delete one `after`")
        elif environment.trigger is Trigger.MANUAL:
            message = f"`{name}` is published by hand, alone, and waits for nothing"
            yield Finding(AfterManual, place, message, remedy="delete `after`, or publish it on merge")
        elif environment.trigger is Trigger.ON_MERGE and first.trigger is Trigger.MANUAL:
            message = f"`{name}` is published on merge, but `{first.name}`, which it waits for, by hand"
            related = ((Place(("environments", first.name), key=True), "published by hand"),)
            yield Finding(AfterManual, place, message, remedy="publish both the same way", related=related)


def _waited_for(environment: Environment, environments: Mapping[str, Environment]) -> set[str]:
    """The environment and all that it waits for."""
    seen: set[str] = set()
    current: Environment | None = environment
    while current and current.name not in seen:
        seen.add(current.name)
        current = environments.get(current.after or "")
    return seen
