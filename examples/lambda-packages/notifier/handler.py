"""The entry point of the function."""

import json
import os
from typing import Any
from urllib.request import Request, urlopen

from .message import message


def handle(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Post every notification; an error that Slack answers is raised, so that AWS calls again."""
    for record in event["Records"]:
        notification = record["Sns"]
        post(message(notification.get("Subject"), notification["Message"]))
    return {"posted": len(event["Records"])}


def post(content: dict[str, Any]) -> None:
    headers = {"Content-Type": "application/json"}
    request = Request(os.environ["SLACK_WEBHOOK_URL"], json.dumps(content).encode(), headers)
    with urlopen(request, timeout=10):
        pass
