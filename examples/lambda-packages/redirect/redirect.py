"""The function `redirect.handle`: sends those who follow an old link to the new place of a page."""

from typing import Any
from urllib.parse import quote, urlencode

SITE = "https://www.planning.data.gov.uk"
# by the beginning of the old path, the longest first
MOVED = {
    "/guidance/introduction": "/guidance",
    "/guidance": "/guidance/specifications",
    "/brownfield-sites": "/dataset/brownfield-land",
    "/dataset": "/dataset",
}


def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer an application load balancer."""
    location = SITE + target(event["path"])
    if parameters := event.get("queryStringParameters"):
        # the load balancer hands them on as they were sent, encoded
        location += "?" + urlencode(parameters, safe="%+")
    headers = {"Location": location, "Cache-Control": "max-age=3600"}
    return {"statusCode": 301, "statusDescription": "301 Moved Permanently", "headers": headers}


def target(path: str) -> str:
    """The new path; the front page for a page that no longer exists."""
    for old, new in MOVED.items():
        if path == old or path.startswith(f"{old}/"):
            return quote(new + path[len(old) :].rstrip("/"), safe="/%")
    return "/"
