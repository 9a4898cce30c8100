"""House rules on the steps: names, actions, scripts, secrets, artefacts, caches."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml

from .document import Block, Document, Rule

_PINNED = re.compile(r"\s*(?:- )?uses: [\w.-]+(?:/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", re.ASCII)
_WORKSPACE = {"", ".", "..", "*", "**", "**/*", "${{ github.workspace }}"}

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
    for node in _uses(yaml.compose(document.text, yaml.SafeLoader)):
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


def local_action(document: Document) -> Iterator[str]:
    for place, block in (*document.jobs(), *document.steps()):
        if _is_local(block.get("uses", "")):
            yield f"{place} uses {block['uses']}"


def _is_local(action: str) -> bool:
    return action.startswith((".", "$", "docker:"))


def checkout_credentials(document: Document) -> Iterator[str]:
    for place, step in document.steps():
        if _action(step) == "actions/checkout" and not _is_off(step, "persist-credentials"):
            yield f"{place} leaves the token in .git"


def _action(step: Block) -> str:
    return str(step.get("uses", "")).partition("@")[0].lower()


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
    for expression in _expressions(document.data):
        if re.search(r"\bsecrets\b(?!\.[a-z_])", expression, re.IGNORECASE):
            yield f"the expression {expression.strip()}"


def _expressions(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _expressions(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _expressions(item)
    elif isinstance(value, str):
        yield from re.findall(r"\$\{\{(.*?)\}\}", value, re.DOTALL) if "${{" in value else [value] * (key == "if")


def workspace_upload(document: Document) -> Iterator[str]:
    for place, step in document.steps():
        if _action(step) == "actions/upload-artifact":
            paths = str(step.get("with", {}).get("path", "")).splitlines()
            for path in paths:
                if path.strip().removeprefix("./").rstrip("/") in _WORKSPACE:
                    yield f"{place} uploads {path.strip()}"


def release_target(document: Document) -> Iterator[str]:
    """`--target` makes the tag where the branch stands when the command runs, not at the commit that was tested."""
    for place, step in document.steps():
        script = step.get("run", "").replace("\\\n", " ")
        if re.search(r"gh release create\b.*\s--target\b", script):
            yield f"{place} creates a release with --target"


def publish_cache(document: Document) -> Iterator[str]:
    if not str(document.data.get("name")).startswith("Publish"):
        return
    for place, step in document.steps():
        settings, action = step.get("with", {}), _action(step)
        if (
            action.startswith("actions/cache")
            or any(settings.get(key) for key in ("cache", "cache-from", "cache-to"))
            or (action in _CACHES_BY_ITSELF and not _is_off(step, _CACHES_BY_ITSELF[action]))
            or re.search(r"--cache-(?:from|to)\b", step.get("run", ""))
        ):
            yield f"{place} caches"


RULES: tuple[Rule, ...] = (
    step_name,
    step_id,
    unique_ids,
    pinned_action,
    local_action,
    checkout_credentials,
    script_expression,
    runner_files,
    wholesale_secrets,
    workspace_upload,
    release_target,
    publish_cache,
)
