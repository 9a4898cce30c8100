"""PG226."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule
from pipegen.rules.subject import Subject


class OneIdOfTwo(Rule):
    """The repository's number is stated without its owner's, or the other way round.

    The token of a repository that was made, renamed or moved after 15 July 2026 names both, and a role that is told of
    one of them trusts a token without numbers: nobody could publish.

    Bad:

    ```yaml
    repository: {name: acme/example, id: 123456789}
    ```

    Good:

    ```yaml
    repository: {name: acme/example, id: 123456789, owner-id: 12345678}
    ```

    Fix: add the other number. `gh api repos/OWNER/NAME --jq '.id, .owner.id'` prints both.
    """

    code = "PG226"
    name = "one-id-of-two"


RULES: tuple[type[Rule], ...] = (OneIdOfTwo,)


def check(subject: Subject) -> Iterator[Finding]:
    """The numbers of the repository. There is no fix: an example would trust whoever has that number."""
    stated = subject.manifest.repository
    numbers = {"id": (stated.id, ".id"), "owner-id": (stated.owner_id, ".owner.id")}
    missing = [key for key, (number, _) in numbers.items() if number is None]
    if len(missing) != 1:
        return
    (absent,) = missing
    (present,) = numbers.keys() - {absent}
    message = f"the repository's `{present}` is stated, and not its `{absent}`: tokens name both numbers, or neither"
    remedy = f"add `{absent}`, which `gh api repos/{stated.name} --jq {numbers[absent][1]}` prints"
    yield Finding(OneIdOfTwo, Place(("repository", present), key=True), message, remedy=remedy)
