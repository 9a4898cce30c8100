"""What guards each environment, by the Terraform roots; and that the modules are those that make it so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pipegen.authority.hcl import Block, blocks
from pipegen.authority.model import AuthorityError, Environment
from pipegen.output import FileTree

_ROOT = re.compile(r"deploy/([^/]+)/(?:main|providers|publishing)\.tf")
_MODULE = re.compile(r"deploy/modules/([^/]+)/[^/]+\.tf")

# What the modules must say, word for word, for their arguments to mean what they are taken for here.
_SAYS = {
    "publishing": """
        subjects = concat(
          ["repo:${var.github.repository}:environment:${var.github.environment}"],
          local.ids_known ? ["repo:${local.owner}@${var.github.owner_id}/${local.repository}@\
${var.github.repository_id}:environment:${var.github.environment}"] : [],
        )

        claims = {
          aud           = "sts.amazonaws.com"
          sub           = local.subjects
          ref           = var.github.ref
          repository_id = var.github.repository_id == null ? null : tostring(var.github.repository_id)
        }

        assume_role_policy = jsonencode({
          Version = "2012-10-17"
          Statement = [{
            Effect    = "Allow"
            Action    = "sts:AssumeRoleWithWebIdentity"
            Principal = { Federated = data.aws_iam_openid_connect_provider.github[0].arn }
            Condition = {
              StringEquals = {
                for claim, wanted in local.claims : "${local.issuer}:${claim}" => wanted if wanted != null }
            }
          }]
        })
    """,
    "github-environment": """
        can_admins_bypass   = false
        prevent_self_review = length(var.reviewers) > 0

        dynamic "reviewers" {
          for_each = length(var.reviewers) > 0 ? [1] : []

        deployment_branch_policy {
          protected_branches     = false
          custom_branch_policies = true
        }

        for_each = toset(var.branches)

        branch_pattern = each.value
    """,
}
# How often these may stand in all modules together.
_AT_MOST = {
    "AssumeRoleWith": 1,
    "Federated": 1,
    'resource "github_repository_environment"': 1,
    "branch_pattern": 1,
    "tag_pattern": 0,
    "sts:*": 0,
}


def environments_of(files: FileTree) -> dict[str, Environment]:
    """What guards each environment, by its name."""
    modules: list[tuple[str, str]] = []
    roots: dict[str, str] = {}
    for path, text in files.items():
        if root := _ROOT.fullmatch(path):
            roots[root[1]] = f"{roots.get(root[1], '')}\n{text}"
        elif module := _MODULE.fullmatch(path):
            modules.append((module[1], text))
        elif path.startswith("deploy/"):
            raise AuthorityError(f"{path} is neither a root nor of a module")
    _know(tuple(modules))
    present = {module for module, _ in modules}
    return {name: _environment(name, text, present) for name, text in roots.items()}


def _code(text: str) -> str:
    """The words of a file, without its comments."""
    return " ".join(re.sub(r"(^|\s)#.*", "", text, flags=re.MULTILINE).split())


@lru_cache(maxsize=100)
def _know(files: tuple[tuple[str, str], ...]) -> None:
    """Raise AuthorityError if these files of modules are not known. Most repositories have the same."""
    modules: dict[str, str] = {}
    for module, text in files:
        modules[module] = f"{modules.get(module, '')} {_code(text)}"
    for module in modules.keys() & _SAYS.keys():
        for passage in _SAYS[module].split("\n\n"):
            words = " ".join(passage.split())
            if words not in modules[module]:
                raise AuthorityError(f"the module {module} does not say any more: {words}")
    everything = " ".join(modules.values())
    for words, times in _AT_MOST.items():
        if everything.count(words) > times:
            raise AuthorityError(f"{words} stands in the modules more than {times} times")


def _environment(name: str, text: str, present: set[str]) -> Environment:
    found = blocks(text)
    if unknown := {block.type for block in found} - {"terraform", "provider", "variable", "module"}:
        raise AuthorityError(f"the root of {name} has blocks that are not known: {', '.join(unknown)}")
    if missing := _called(name, found) - present:
        raise AuthorityError(f"the root of {name} calls modules that are not there: {', '.join(sorted(missing))}")
    owner = _one(name, "owners", [b.attributes.get("owner") for b in found if _is_provider(b, "github")])
    protection = _arguments(name, found, "github", "github-environment")
    reviewers, branches = tuple(protection.get("reviewers", ())), tuple(protection["branches"])
    repository = f"{owner}/{protection['repository']}"
    if protection["environment"] != name:
        raise AuthorityError(f"the root of {name} protects {protection['environment']}")
    if not any(_is_provider(block, "aws") for block in found):
        return Environment("", "", "", repository, (), "", branches, reviewers)
    accounts = [b.attributes.get("allowed_account_ids") for b in found if _is_provider(b, "aws")]
    account = _one(name, "accounts", [_one(name, "accounts", allowed or []) for allowed in accounts])
    publishing = _arguments(name, found, "publishing", "publishing")
    github = publishing["github"]
    if (github["environment"], github["repository"]) != (name, repository):
        raise AuthorityError(f"the role of {name} trusts {github['environment']} of {github['repository']}")
    return Environment(
        account=account,
        role=publishing["name"],
        credentials=publishing["credentials"],
        repository=repository,
        ids=tuple(github.get(key, "") for key in ("repository_id", "owner_id")),
        ref=github.get("ref", ""),
        branches=branches,
        reviewers=reviewers,
    )


def _is_provider(block: Block, name: str) -> bool:
    return block.type == "provider" and block.labels == (name,)


def _one(name: str, what: str, values: Sequence[Any]) -> str:
    if len(set(values)) != 1:
        raise AuthorityError(f"the root of {name} has {len(set(values))} {what}")
    return str(values[0])


def _called(name: str, found: Sequence[Block]) -> set[str]:
    """The modules that a root calls."""
    sources = [str(block.attributes.get("source")) for block in found if block.type == "module"]
    if not all(re.fullmatch(r"\.\./modules/[a-z-]+", source) for source in sources):
        raise AuthorityError(f"the root of {name} calls a module that is not beside it")
    return {source.removeprefix("../modules/") for source in sources}


def _arguments(name: str, found: Sequence[Block], label: str, module: str) -> Mapping[str, Any]:
    """Those of the one call of the module."""
    calls = {block.labels: block.attributes for block in found if block.type == "module"}
    if [labels for labels, call in calls.items() if call["source"] == f"../modules/{module}"] != [(label,)]:
        raise AuthorityError(f"the root of {name} does not call {module} once, as {label}")
    return calls[(label,)]
