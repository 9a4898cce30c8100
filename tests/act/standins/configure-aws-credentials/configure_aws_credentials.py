"""Get credentials as aws-actions/configure-aws-credentials does, from the AWS at AWS_ENDPOINT_URL.

With OIDC where the job has an identity token, whose text here is the subject that GitHub would sign; with access keys
where they are given. The account is asked for with the credentials that were got, and must be an allowed one.
Nothing here knows whether the role trusts that subject.
"""

import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

KNOWN = {
    "aws-region",
    "role-to-assume",
    "aws-access-key-id",
    "aws-secret-access-key",
    "audience",
    "mask-aws-account-id",
    "role-duration-seconds",
    "role-session-name",
    "role-skip-session-tagging",
    "disable-retry",
    "retry-max-attempts",
    "allowed-account-ids",
    "action-timeout-s",
}


class Keys(NamedTuple):
    id: str
    secret: str
    session: str = ""


def sts(keys: Keys | None, action: str, **parameters: str) -> ET.Element:
    """The answer of the security token service. Nothing is signed: the stand-in for AWS reads the key's id only."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if keys:
        scope = f"{keys.id}/20260101/{os.environ['AWS_REGION']}/sts/aws4_request"
        headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"
        headers["X-Amz-Security-Token"] = keys.session
    body = urlencode({"Action": action, "Version": "2011-06-15", **parameters}).encode()
    try:
        with urlopen(Request(os.environ["AWS_ENDPOINT_URL"], body, headers)) as answer:
            return ET.fromstring(answer.read())
    except HTTPError as error:
        raise SystemExit(f"::error::{action} was refused: {error.read().decode()}") from error


def text(answer: ET.Element, name: str) -> str:
    return next(element.text or "" for element in answer.iter() if element.tag.rpartition("}")[2] == name)


def assumed(keys: Keys | None, inputs: dict[str, str], session: str) -> Keys:
    role = inputs["role-to-assume"]
    parameters = {"RoleArn": role, "RoleSessionName": session}
    parameters["DurationSeconds"] = str(inputs["role-duration-seconds"] or 3600)
    if keys:
        answer = sts(keys, "AssumeRole", **parameters)
    else:
        subject = os.environ.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
        if not subject:
            raise SystemExit(
                "::error::Credentials could not be loaded, please check your action inputs: "
                "Could not load credentials from any providers. Did you mean to set the `id-token` permission?"
            )
        print(f"{subject} for {inputs['audience']} assumes {role} as {session}")
        answer = sts(None, "AssumeRoleWithWebIdentity", WebIdentityToken=subject, **parameters)
    return Keys(*(text(answer, name) for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")))


def check(inputs: dict[str, str], session: str) -> None:
    if strange := [name for name, value in inputs.items() if value and name not in KNOWN]:
        raise SystemExit(f"the stand-in knows no {', '.join(strange)}")
    if not re.fullmatch(r"[a-z0-9-]+", inputs["aws-region"]):
        raise SystemExit(f"::error::Region is not valid: {inputs['aws-region']}")
    if not re.fullmatch(r"[\w+=,.@-]{2,64}", session):
        raise SystemExit(f"::error::Role session name is not valid: '{session}'")
    if inputs["aws-access-key-id"] and not inputs["aws-secret-access-key"]:
        raise SystemExit("::error::'aws-secret-access-key' must be provided if 'aws-access-key-id' is provided")
    if not inputs["role-to-assume"] and not inputs["aws-access-key-id"]:
        raise SystemExit("::error::Credentials could not be loaded: neither a role nor an access key is given")


def main() -> None:
    inputs = {name: str(value) for name, value in json.loads(os.environ["INPUTS"]).items()}
    print("inputs:", json.dumps(inputs, sort_keys=True))
    session = inputs["role-session-name"] or "GitHubActions"
    check(inputs, session)
    os.environ["AWS_REGION"] = inputs["aws-region"]
    given = inputs["aws-access-key-id"]
    keys = Keys(given, inputs["aws-secret-access-key"]) if given else None
    if inputs["role-to-assume"] or keys is None:
        keys = assumed(keys, inputs, session)
    for secret in keys:
        if secret:
            print(f"::add-mask::{secret}")
    account = text(sts(keys, "GetCallerIdentity"), "Account")
    allowed = [part.strip() for part in inputs["allowed-account-ids"].split(",")]
    if allowed[0] and account not in allowed:
        raise SystemExit(
            f"::error::The account ID of the provided credentials ({account}) does not match any of the expected "
            f"account IDs: {', '.join(allowed)}"
        )
    exported = {
        "AWS_DEFAULT_REGION": inputs["aws-region"],
        "AWS_REGION": inputs["aws-region"],
        "AWS_ACCESS_KEY_ID": keys.id,
        "AWS_SECRET_ACCESS_KEY": keys.secret,
        "AWS_SESSION_TOKEN": keys.session,
    }
    with Path(os.environ["GITHUB_ENV"]).open("a") as environment:
        print(*(f"{name}={value}" for name, value in exported.items() if value), sep="\n", file=environment)
    with Path(os.environ["GITHUB_OUTPUT"]).open("a") as output:
        print(f"aws-account-id={account}", file=output)


main()
