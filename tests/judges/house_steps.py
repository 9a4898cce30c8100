"""House rules on the steps: names, actions, scripts, secrets, artefacts, caches."""

import re
from collections import Counter
from collections.abc import Iterator

import yaml

from .document import Block, Document, Rule, action, expressions
from .reading import YAML_1_1

_PINNED = re.compile(r"\s*(?:- )?uses: [\w.-]+(?:/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", re.ASCII)
_WORKSPACE = {"", ".", "..", "*", "**", "**/*", "${{ github.workspace }}"}

# The only actions that are compiled; another one is a decision for a review.
_ACTIONS = {
    "actions/attest-build-provenance",
    "actions/checkout",
    "actions/download-artifact",
    "actions/setup-node",
    "actions/setup-python",
    "actions/upload-artifact",
    "aws-actions/configure-aws-credentials",
    "pypa/gh-action-pypi-publish",
}

# Actions that cache unless they are told not to, and the input that tells them.
_CACHES_BY_ITSELF = {
    "actions/setup-node": "package-manager-cache",
    "docker/setup-buildx-action": "cache-binary",
    "docker/setup-qemu-action": "cache-image",
}


def step_name(document: Document) -> Iterator[str]:
    yield from (f"{place} has no name" for place, step in document.steps() if not step.get("name"))


def step_id(document: Document) -> Iterator[str]:
    yield from (f"{place} has no id" for place, step in document.steps() if not step.get("id"))


def unique_ids(document: Document) -> Iterator[str]:
    for name, job in document.jobs():
        ids = Counter(step["id"].lower() for step in job.get("steps", []) if "id" in step)
        yield from (f"{name} has {count} steps with the id {step}" for step, count in ids.items() if count > 1)


def pinned_action(document: Document) -> Iterator[str]:
    """A commit and a comment with its version; read from the text, since no parser keeps the comment."""
    lines = document.text.splitlines()
    for node in _uses(yaml.compose(document.text, YAML_1_1)):
        line = node.start_mark.line
        if not _PINNED.fullmatch(lines[line]) and not _is_local(node.value):
            yield f"line {line + 1}: {lines[line].strip()}"


def _uses(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "uses" and isinstance(value, yaml.ScalarNode):
                yield value
            else:
                yield from _uses(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _uses(item)


def known_action(document: Document) -> Iterator[str]:
    for place, block in (*document.jobs(), *document.steps()):
        if "uses" in block and not _is_local(block["uses"]) and action(block) not in _ACTIONS:
            yield f"{place} uses {block['uses']}"


def local_action(document: Document) -> Iterator[str]:
    for place, block in (*document.jobs(), *document.steps()):
        if _is_local(block.get("uses", "")):
            yield f"{place} uses {block['uses']}"


def _is_local(used: str) -> bool:
    return used.startswith((".", "$", "docker:"))


def checkout_credentials(document: Document) -> Iterator[str]:
    for place, step in document.steps():
        if action(step) == "actions/checkout" and not _is_off(step, "persist-credentials"):
            yield f"{place} leaves the token in .git"


def _is_off(step: Block, name: str) -> bool:
    return str(step.get("with", {}).get(name, "")).lower() == "false"


def script_expression(document: Document) -> Iterator[str]:
    defaults = [("the workflow", document.data), *document.jobs()]
    blocks = [(place, block.get("defaults", {}).get("run", {})) for place, block in defaults]
    for place, step in (*blocks, *document.steps()):
        texts = {key: step.get(key, "") for key in ("run", "shell", "working-directory")}
        texts["script"] = step.get("with", {}).get("script", "")
        for key, text in texts.items():
            if "${{" in str(text):
                yield f"{place} has an expression in {key}"


def runner_files(document: Document) -> Iterator[str]:
    for place, step in document.steps():
        if found := re.search(r"\bGITHUB_(?:ENV|PATH)\b|::(?:set-env|add-path)\b", step.get("run", "")):
            yield f"{place} names {found[0]}"


def wholesale_secrets(document: Document) -> Iterator[str]:
    """Secrets may be had one by one, each under its literal name."""
    for name, job in document.jobs():
        if job.get("secrets") == "inherit":
            yield f"{name} hands on all secrets"
    for expression in expressions(document.data):
        if re.search(r"\bsecrets\b(?!\.[a-z_])", expression, re.IGNORECASE):
            yield f"the expression {expression.strip()}"


def workspace_upload(document: Document) -> Iterator[str]:
    for place, step in document.steps():
        if action(step) == "actions/upload-artifact":
            paths = str(step.get("with", {}).get("path", "")).splitlines()
            for path in paths:
                if path.strip().removeprefix("./").rstrip("/") in _WORKSPACE:
                    yield f"{place} uploads {path.strip()}"


def publish_cache(document: Document) -> Iterator[str]:
    """Another run could have poisoned it."""
    if not document.publishes():
        return
    for place, step in document.steps():
        settings, used = step.get("with", {}), action(step)
        if (
            used.startswith("actions/cache")
            or any(settings.get(key) for key in ("cache", "cache-from", "cache-to"))
            or (used in _CACHES_BY_ITSELF and not _is_off(step, _CACHES_BY_ITSELF[used]))
            or re.search(r"--cache-(?:from|to)\b", step.get("run", ""))
        ):
            yield f"{place} caches"


RULES: tuple[Rule, ...] = (
    step_name,
    step_id,
    unique_ids,
    pinned_action,
    known_action,
    local_action,
    checkout_credentials,
    script_expression,
    runner_files,
    wholesale_secrets,
    workspace_upload,
    publish_cache,
)
