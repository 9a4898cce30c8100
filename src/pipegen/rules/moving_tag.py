"""PG221."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule, Safety, Severity
from pipegen.fixes import delete
from pipegen.rules.subject import Subject


class MovingTag(Rule):
    """An image gets a tag that moves.

    Its repository cannot be immutable then: whoever may push can put another image behind a tag that is in use. The
    unique tag that every publish pushes is enough for AWS set-ups that follow the digest of what was pushed.

    Bad:

    ```yaml
    image: {tag: latest}
    ```

    Good:

    ```yaml
    image: {dockerfile: Dockerfile}
    ```

    Fix: delete `tag` unless something outside this repository watches it.
    """

    code = "PG221"
    name = "moving-tag"
    severity = Severity.WARNING
    suppressible = True


RULES: tuple[type[Rule], ...] = (MovingTag,)


def check(subject: Subject) -> Iterator[Finding]:
    """The image of each part."""
    for part in subject.parts():
        if part.image and part.image.tag:
            message = f"the tag `{part.image.tag}` moves, so the repository cannot be immutable"
            remedy = "delete it unless something outside this repository watches it"
            place = Place((*part.route, "image", "tag"))
            yield Finding(MovingTag, place, message, remedy=remedy, fixes=(delete(place, Safety.MANUAL),))
