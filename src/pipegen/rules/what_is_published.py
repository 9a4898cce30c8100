"""PG214 to PG217: what a component publishes."""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.diagnostics import Finding, Place, Rule
from pipegen.manifest.environment import Settings
from pipegen.manifest.root import Library
from pipegen.route import Route
from pipegen.rules.subject import Part, Subject


class NothingToPublish(Rule):
    """A data task that has neither an image, nor functions, nor files.

    Bad:

    ```yaml
    kind: data-task
    ```

    Good:

    ```yaml
    kind: data-task
    image: {dockerfile: Dockerfile}
    ```

    Fix: add `image`, `lambda` or `files`.
    """

    code = "PG214"
    name = "nothing-to-publish"


class NotOfThisKind(Rule):
    """A section belongs to the other kind: `service` to an application, `task`, `lambda` and `files` to a data task.

    Bad:

    ```yaml
    components:
      api: {kind: application, name: example-api, files: {source: dags, bucket: example-dags, prefix: dags}}
    ```

    Good:

    ```yaml
    components:
      api: {kind: application, name: example-api}
      dags: {kind: data-task, name: example-dags, files: {source: dags, bucket: example-dags, prefix: dags}}
    ```

    Fix: move it to a component of the other kind.
    """

    code = "PG215"
    name = "not-of-this-kind"


class OneOfTwo(Rule):
    """Two keys of which exactly one must be stated.

    A build argument is a `value` or comes `from` something; a bucket is called by `name` or named by a `secret`;
    `notifications` go to a channel of `slack` or to a `topic`; a component has a `task` or a `lambda`;
    `lambda` has `packages`, or `functions` that are given the image of `image`.

    Bad:

    ```yaml
    image: {build-args: {GIT_COMMIT: {value: abc, from: commit}}}
    ```

    Good:

    ```yaml
    image: {build-args: {GIT_COMMIT: {from: commit}}}
    ```

    Fix: keep one of the two.
    """

    code = "PG216"
    name = "one-of-two"


class PublicImage(Rule):
    """Functions cannot be given an image of the public registry.

    AWS Lambda pulls images from private repositories only.

    Bad:

    ```yaml
    kind: data-task
    image: {registry: public}
    lambda: {functions: ["<environment>-<name>"]}
    ```

    Good:

    ```yaml
    kind: data-task
    image: {registry: private}
    lambda: {functions: ["<environment>-<name>"]}
    ```

    Fix: publish to the account's own registry.
    """

    code = "PG217"
    name = "public-image"


RULES: tuple[type[Rule], ...] = (NothingToPublish, NotOfThisKind, OneOfTwo, PublicImage)


def check(subject: Subject) -> Iterator[Finding]:
    """Each part that is published, and who is told of it."""
    yield from _notifications(subject)
    for part in subject.parts():
        yield from _kind(part)
        yield from _build_arguments(part)
        yield from _buckets(part)
        yield from _functions(part)


def _notifications(subject: Subject) -> Iterator[Finding]:
    if isinstance(subject.manifest, Library):
        return
    stated: dict[Route, Settings] = {(): subject.manifest}
    stated |= {("environments", name): one for name, one in subject.manifest.environments.items()}
    for route, settings in stated.items():
        told = settings.notifications
        if told and (told.slack is None) == (told.topic is None):
            place = Place((*route, "notifications"), key=True)
            yield Finding(OneOfTwo, place, "notifications go to a channel of `slack` or to a `topic`", "keep one")


def _kind(part: Part) -> Iterator[Finding]:
    if part.kind == "data-task" and not (part.image or part.functions or part.files):
        message = "nothing of this data task would be published"
        yield Finding(NothingToPublish, Place(part.route, key=True), message, remedy="add `image`, `lambda` or `files`")
    task = {"task": part.task, "lambda": part.functions, "files": part.files}
    others = task if part.kind == "application" else {"service": part.service}
    other, this = ("a data task", "an application") if part.kind == "application" else ("an application", "a data task")
    for key, stated in others.items():
        if stated:
            message = f"`{key}` belongs to {other}, and this is {this}"
            remedy = "move it to a component of the other kind"
            yield Finding(NotOfThisKind, Place((*part.route, key), key=True), message, remedy=remedy)


def _build_arguments(part: Part) -> Iterator[Finding]:
    for name, argument in part.image.build_args.items() if part.image else ():
        if (argument.value is None) == (argument.from_ is None):
            place = Place((*part.route, "image", "build-args", name), key=True)
            yield Finding(OneOfTwo, place, "a build argument has a `value` or comes `from` something", "keep one")


def _buckets(part: Part) -> Iterator[Finding]:
    for index, fileset in enumerate(part.files):
        if (fileset.bucket.name is None) == (fileset.bucket.secret is None):
            place = Place((*part.route, "files", index, "bucket"), key=True)
            yield Finding(OneOfTwo, place, "a bucket is called by `name` or named by a `secret`", "keep one")


def _functions(part: Part) -> Iterator[Finding]:
    if part.functions is None:
        return
    place = Place((*part.route, "lambda"), key=True)
    if bool(part.functions.packages) == bool(part.functions.functions):
        message = "`lambda` has `packages`, or `functions` that are given the image"
        yield Finding(OneOfTwo, place, message, "keep one")
    if part.task:
        message = "a component has a `task` or a `lambda`, and this one has both"
        remedy = "make two components of it: each has names of its own in AWS"
        yield Finding(OneOfTwo, place, message, "keep one", remedy)
    if part.functions.functions and part.image is None:
        message = "these functions are given an image, and there is none"
        yield Finding(NothingToPublish, place, message, remedy="add `image`, or put them into `packages`")
    if part.functions.functions and part.image and part.image.registry == "public":
        message = "functions cannot be given an image of the public registry"
        place = Place((*part.route, "image", "registry"))
        yield Finding(PublicImage, place, message, remedy="publish to the account's own registry: `registry: private`")
