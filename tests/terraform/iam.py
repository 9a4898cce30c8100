"""Who may do what, from the policies alone: AWS's evaluation of one policy, of as much of its language as we write.

An element or an operator that is not known here is an error, so that nothing passes unread.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cfnlint.api import ManualArgs, lint  # type: ignore[import-untyped]

Context = Mapping[str, str]
"""What AWS knows of a request, by condition key."""
Policy = Mapping[str, Any]

_ELEMENTS = {"Sid", "Effect", "Action", "Resource", "Principal", "Condition"}


def allows(
    policy: Policy, action: str, resource: str = "*", *, principal: str = "", context: Context | None = None
) -> bool:
    """Whether a statement allows it and none denies it. `principal` is asked only of a policy that names any."""
    effects = {
        statement["Effect"]
        for statement in _list(policy["Statement"])
        if _applies(statement, action, resource, principal, context or {})
    }
    return effects == {"Allow"}


def granted(policy: Policy) -> dict[str, set[str]]:
    """Each action that is allowed, with its resources, whatever the conditions."""
    found: dict[str, set[str]] = {}
    for statement in _list(policy["Statement"]):
        if statement["Effect"] == "Allow":
            for action in _list(statement["Action"]):
                found.setdefault(action, set()).update(_list(statement.get("Resource", [])))
    return found


def _applies(statement: Mapping[str, Any], action: str, resource: str, principal: str, context: Context) -> bool:
    if strange := statement.keys() - _ELEMENTS:
        raise ValueError(f"not understood in a statement: {sorted(strange)}")
    return (
        any(_matches(pattern.lower(), action.lower()) for pattern in _list(statement["Action"]))
        and any(_matches(pattern, resource) for pattern in _list(statement.get("Resource", "*")))
        and ("Principal" not in statement or _is_named(principal, statement["Principal"]))
        and all(_holds(operator, asked, context) for operator, asked in statement.get("Condition", {}).items())
    )


def _is_named(principal: str, named: str | Mapping[str, Any]) -> bool:
    if isinstance(named, str):
        return named == "*"
    return any(value in ("*", principal) for values in named.values() for value in _list(values))


def _holds(operator: str, asked: Mapping[str, Any], context: Context) -> bool:
    """Every key must hold, with any one of its values."""
    known = {key.lower(): value for key, value in context.items()}
    return all(_key_holds(operator, known.get(key.lower()), _list(wanted)) for key, wanted in asked.items())


def _key_holds(operator: str, value: str | None, wanted: Sequence[str]) -> bool:
    quantifier, colon, rest = operator.rpartition(":")
    if quantifier not in ("", "ForAllValues", "ForAnyValue"):
        raise ValueError(f"not understood as a condition: {operator}")
    if rest == "Null" and not colon:
        return str(value is None).lower() in wanted
    test = _TESTS.get(rest.removesuffix("IfExists"))
    if test is None:
        raise ValueError(f"not understood as a condition: {operator}")
    if value is None:
        return quantifier == "ForAllValues" or rest.endswith("IfExists")
    return any(test(pattern, value) for pattern in wanted)


def _matches(pattern: str, text: str) -> bool:
    parts = (".*" if part == "*" else "." if part == "?" else re.escape(part) for part in re.split(r"([*?])", pattern))
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda wanted, value: wanted == value,
    "StringLike": _matches,
    "ArnEquals": _matches,
    "ArnLike": _matches,
}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def unfit(policy: Policy) -> list[str]:
    """What cfn-lint, which knows AWS's actions and their resources, finds wrong with a policy of a role or user."""
    properties = {"PolicyDocument": policy}
    template = {"Resources": {"Policy": {"Type": "AWS::IAM::ManagedPolicy", "Properties": properties}}}
    found = lint(json.dumps(template), config=ManualArgs(regions=["eu-west-2"], include_checks=["I"]))
    return [f"{match.rule.id}: {match.message}" for match in found]
