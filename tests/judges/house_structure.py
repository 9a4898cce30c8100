"""House rules on what surrounds the steps: events, permissions, runners, images, shells."""

import re
from collections.abc import Iterator
from typing import Any

from .document import Block, Document, Rule

_EVENTS = {"pull_request", "push", "merge_group", "workflow_dispatch"}
_RUNNERS = {"ubuntu-24.04", "ubuntu-22.04", "ubuntu-24.04-arm", "ubuntu-22.04-arm"}


def events(document: Document) -> Iterator[str]:
    on = document.data.get("on", {})
    for event in [on] if isinstance(on, str) else on:
        if event not in _EVENTS:
            yield f"the event {event}"


def workflow_permissions(document: Document) -> Iterator[str]:
    if document.data.get("permissions") != {}:
        yield "the workflow has no `permissions: {}`"


def job_permissions(document: Document) -> Iterator[str]:
    for name, job in document.jobs():
        if not isinstance(job.get("permissions"), dict):
            yield f"{name} does not list its permissions"


def concurrency(document: Document) -> Iterator[str]:
    settings = document.data.get("concurrency", {})
    if not (settings.get("group") and isinstance(settings.get("cancel-in-progress"), bool)):
        yield "the workflow does not say which of its runs go together"


def timeout(document: Document) -> Iterator[str]:
    for name, job in document.jobs():
        if "timeout-minutes" not in job:
            yield f"{name} has no timeout-minutes"


def runner(document: Document) -> Iterator[str]:
    for name, job in document.jobs():
        for label in _labels(job):
            if label not in _RUNNERS:
                yield f"{name} runs on {label}"


def _labels(job: Block) -> list[Any]:
    """The labels of the job's runners: for a plain `${{ matrix.key }}` all values that the matrix gives that key."""
    label = job.get("runs-on")
    key = re.fullmatch(r"\$\{\{ matrix\.([\w-]+) \}\}", str(label))
    if key is None:
        return label if isinstance(label, list) else [label]
    matrix = job.get("strategy", {}).get("matrix", {})
    if not isinstance(matrix, dict):  # an expression, whose values nobody knows beforehand
        return [label]
    included = [cell[key[1]] for cell in matrix.get("include", []) if key[1] in cell]
    return [*matrix.get(key[1], []), *included] or [label]


def image_digest(document: Document) -> Iterator[str]:
    for name, job in document.jobs():
        container = job.get("container", {})
        images = [container if isinstance(container, str) else container.get("image")] if container else []
        images += [service.get("image") for service in job.get("services", {}).values()]
        for image in images:
            if not re.fullmatch(r".+@sha256:[0-9a-f]{64}", str(image)):
                yield f"{name} starts {image}, which no digest pins"


def shell(document: Document) -> Iterator[str]:
    """Any other shell than an explicit bash runs without pipefail."""
    default = document.data.get("defaults", {}).get("run", {}).get("shell")
    if default != "bash":
        yield f"the workflow's default shell is {default}"
    own = [(name, job.get("defaults", {}).get("run", {})) for name, job in document.jobs()]
    for place, settings in (*own, *document.steps()):
        if settings.get("shell", "bash") != "bash":
            yield f"the shell of {place} is {settings['shell']}"


RULES: tuple[Rule, ...] = (
    events,
    workflow_permissions,
    job_permissions,
    concurrency,
    timeout,
    runner,
    image_digest,
    shell,
)
