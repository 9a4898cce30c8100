"""PG206."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule
from pipegen.rules.subject import Subject


class ImageWithoutDigest(Rule):
    """A service's image is named by a tag alone.

    Whoever can push that tag could change what runs beside the tests, and the same commit could pass today and
    fail tomorrow.

    Bad:

    ```yaml
    test:
      services: {postgres: {image: "postgres:16", port: 5432}}
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Good:

    ```yaml
    test:
      services:
        postgres:
          image: "postgres:16@sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777"
          port: 5432
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
    ```

    Fix: add the digest that `docker buildx imagetools inspect` prints.
    """

    code = "PG206"
    name = "image-without-digest"


RULES: tuple[type[Rule], ...] = (ImageWithoutDigest,)


def check(subject: Subject) -> Iterator[Finding]:
    """The image of each service."""
    for route, test in subject.tests():
        for name, service in test.services.items():
            if "@sha256:" not in service.image:
                message = f"the image of `{name}` has no digest, so what runs can change without a commit"
                remedy = (
                    f"add `@` and what `docker buildx imagetools inspect {service.image}"
                    " --format '{{.Manifest.Digest}}'` prints"
                )
                yield Finding(ImageWithoutDigest, Place((*route, "services", name, "image")), message, remedy=remedy)
