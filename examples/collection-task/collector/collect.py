"""Fetching one endpoint, and what is written about it."""

import hashlib
import http.client
import json
import os
import ssl
import time
import urllib.error
import urllib.request
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import certifi

from .endpoints import Endpoint

USER_AGENT = "collection-task"
TLS = ssl.create_default_context(cafile=certifi.where())


def collect(endpoint: Endpoint, directory: Path, day: date, timeout: float) -> bool:
    """Fetch an endpoint unless it was fetched that day; return whether there is a resource."""
    path = directory / "log" / day.isoformat() / f"{endpoint.key}.json"
    if path.exists() and "resource" in json.loads(path.read_text(encoding="utf-8")):
        return True
    content, log = fetch(endpoint.url, timeout)
    if content is not None:
        log["resource"] = hashlib.sha256(content).hexdigest()
        resource = directory / "resource" / log["resource"]
        if not resource.exists():
            write(resource, content)
    write(path, json.dumps(log, indent=2, sort_keys=True).encode() + b"\n")
    return content is not None


def fetch(url: str, timeout: float) -> tuple[bytes | None, dict[str, Any]]:
    """Return the content, or None where there is none, and the log of the request."""
    log: dict[str, Any] = {
        "endpoint-url": url,
        "entry-date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "collector": {"commit": os.getenv("GIT_COMMIT"), "deployed": os.getenv("DEPLOY_TIME")},
    }
    content = None
    started = time.monotonic()
    try:
        request = urllib.request.Request(url, headers={"User-Agent": USER_AGENT})
        with urllib.request.urlopen(request, timeout=timeout, context=TLS) as response:
            # in one piece: by pieces, http.client does not notice that a body was cut short
            content = response.read()
            log |= {"status": response.status, "response-headers": dict(response.headers)}
    except urllib.error.HTTPError as error:
        log |= {"status": error.code, "response-headers": dict(error.headers)}
        error.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        log["exception"] = f"{type(error).__name__}: {error}"
    log["elapsed"] = round(time.monotonic() - started, 3)
    return content, log


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)
