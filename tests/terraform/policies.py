"""Who may do what in an account: everything that IAM itself lists after terraform has made it, however it was made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from . import account
from .cli import REGION

Statement = Mapping[str, Any]


@dataclass(frozen=True)
class Identity:
    """A role or a user. `trust` are the statements that say who may be it; nobody may be a user."""

    name: str
    trust: Sequence[Statement]
    policies: Sequence[Mapping[str, Any]]
    attached: Sequence[str]
    boundary: str | None

    @property
    def statements(self) -> list[Statement]:
        return [statement for policy in self.policies for statement in many(policy["Statement"])]

    @property
    def services(self) -> set[str]:
        """The services of AWS that may be it."""
        named = [statement["Principal"].get("Service", []) for statement in self.trust]
        return {service for services in named for service in many(services)}

    def granted(self) -> Iterator[tuple[str, str, Statement]]:
        """Each action with each of its resources, and the statement that allows it."""
        for statement in self.statements:
            for action in many(statement["Action"]):
                for resource in many(statement["Resource"]):
                    yield action, resource, statement


def identities(endpoint: str) -> list[Identity]:
    """Every role and user of an account, by name."""
    client = account.client("iam", endpoint)
    pages = list(client.get_paginator("get_account_authorization_details").paginate())
    found = [
        Identity(
            name=role["RoleName"],
            trust=many(role["AssumeRolePolicyDocument"]["Statement"]),
            policies=[policy["PolicyDocument"] for policy in role["RolePolicyList"]],
            attached=[policy["PolicyArn"] for policy in role["AttachedManagedPolicies"]],
            boundary=role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        )
        for page in pages
        for role in page["RoleDetailList"]
    ]
    found += [
        Identity(
            name=user["UserName"],
            trust=[],
            policies=[policy["PolicyDocument"] for policy in user["UserPolicyList"]],
            attached=[policy["PolicyArn"] for policy in user["AttachedManagedPolicies"]] + user["GroupList"],
            boundary=user.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        )
        for page in pages
        for user in page["UserDetailList"]
    ]
    return sorted(found, key=lambda identity: identity.name)


def of_resources(resources: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Statement]]:
    """The statements of policies that hang on a resource: a queue, a topic, a key, a repository. By address."""
    found: dict[str, list[Statement]] = {}
    for address, values in sorted(resources.items()):
        kind = address.rpartition(".")[0].rpartition(".")[2]
        # A queue and a topic repeat the policy that is a resource of its own.
        if ".data." not in address and kind not in ("aws_sqs_queue", "aws_sns_topic") and "aws_iam_" not in kind:
            policy = json.loads(values.get("policy") or "{}")
            if "Statement" in policy:
                found[address] = many(policy["Statement"])
    return found


@cache
def _known() -> Any:
    return json.loads(files("cfnlint.data").joinpath("AdditionalSpecs/Policies.json").read_text())


def has_resource_type(action: str) -> bool:
    """Whether an action can be allowed for some resources only. An action that AWS does not have is an error."""
    service, _, name = action.partition(":")
    return bool(_known()[service]["Actions"][name.lower()].get("Resources"))


def many(value: Any) -> list[Any]:
    """IAM writes a list of one as the one."""
    return value if isinstance(value, list) else [value]


# For a reader


def text(found: Iterable[Identity], resources: Mapping[str, Sequence[Statement]]) -> str:
    """What a security reviewer signs, without what AWS numbers, `arn:aws:`, and the account and region of all of it."""
    lines: list[str] = []
    for identity in found:
        lines += ["", identity.name]
        for statement in identity.trust:
            lines += [f"  is assumed by {_principal(statement)}", *_conditions(statement)]
        lines += [f"  has the policy {arn}" for arn in identity.attached]
        lines += _statements(identity.statements) or ["  may do nothing"]
        lines += [f"  within {_short(identity.boundary)}"] if identity.boundary else []
    for address, statements in resources.items():
        lines += ["", address]
        for statement in statements:
            lines += [f"  lets {_principal(statement)}", *_statements([statement])]
    return "\n".join(lines[1:]) + "\n"


def _statements(statements: Sequence[Statement]) -> list[str]:
    lines: list[str] = []
    for statement in statements:
        verb = {"Allow": "may", "Deny": "may not"}[statement["Effect"]]
        lines.append(f"  {verb} {', '.join(sorted(many(statement['Action'])))}")
        lines += [f"    on {_short(resource)}" for resource in sorted(many(statement.get("Resource", "itself")))]
        lines += _conditions(statement)
    return lines


def _principal(statement: Statement) -> str:
    principal = statement["Principal"]
    return ", ".join(_short(who) for whos in principal.values() for who in many(whos))


def _conditions(statement: Statement) -> list[str]:
    return [
        f"    where {key} {operator} {' or '.join(_short(value) for value in sorted(many(wanted)))}"
        for operator, keys in sorted(statement.get("Condition", {}).items())
        for key, wanted in sorted(keys.items())
    ]


def _short(arn: str) -> str:
    arn = re.sub(rf"^arn:aws:([a-z0-9-]+):(?:{REGION})?:(?:{account.ID})?:", r"\1:", arn)
    arn = re.sub(r"^(secretsmanager:secret:.*)-\w{6}$", r"\1-…", arn)
    return re.sub(r"\b[0-9a-f]{16}\b", "…", arn) or '""'
