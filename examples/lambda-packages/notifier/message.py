"""What is posted for a notification."""

import json
from typing import Any

SIGNS = {
    "SUCCEEDED": ":white_check_mark:",
    "FAILED": ":x:",
    "STOPPED": ":black_square_for_stop:",
    "ALARM": ":rotating_light:",
    "OK": ":white_check_mark:",
}
LONGEST = 3000


def message(subject: str | None, body: str) -> dict[str, Any]:
    """A message for Slack: of a deployment or an alarm in one line, of anything else its text."""
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    if isinstance(content, dict) and "deploymentGroupName" in content:
        text = line(content["status"], content["deploymentGroupName"], content.get("deploymentId"))
    elif isinstance(content, dict) and "AlarmName" in content:
        text = line(content["NewStateValue"], content["AlarmName"], content.get("NewStateReason"))
    else:
        text = f"*{escape(subject or 'Notification')}*\n{escape(body)}"
    return {"text": text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"}


def line(status: str, name: str, detail: str | None) -> str:
    sign = SIGNS.get(status, ":information_source:")
    return f"{sign} *{escape(name)}* {escape(status.lower())}" + (
        f": {escape(detail)}" if detail else ""
    )


def escape(text: str) -> str:
    """Text as Slack wants it, in which nothing mentions a person or is a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
