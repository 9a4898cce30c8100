"""The application, by WSGI."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from . import database, pages

STATIC = Path(__file__).parent / "static"
HTML, JSON = "text/html; charset=utf-8", "application/json"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
HEADERS = [
    ("Content-Security-Policy", "default-src 'self'; form-action 'self'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
]
LONGEST_QUERY = 200

Response = tuple[str, str, str, str]


class Application:
    """Needs what `npm run build` writes: the assets, and a manifest of their names."""

    def __init__(
        self, static: Path = STATIC, search: Callable[[str], Any] = database.search
    ) -> None:
        self.assets = json.loads((static / "manifest.json").read_text(encoding="utf-8"))
        self.files = {
            name: (static / name).read_text(encoding="utf-8") for name in self.assets.values()
        }
        self.search = search

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            status, media, text, cache = self.answer(environ)
        else:
            status, media, text, cache = self.error(
                "405 Method Not Allowed", "Pages can be read only."
            )
        content = text.encode()
        length = ("Content-Length", str(len(content)))
        start_response(
            status, [("Content-Type", media), ("Cache-Control", cache), length, *HEADERS]
        )
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]

    def answer(self, environ: dict[str, Any]) -> Response:
        path = environ.get("PATH_INFO", "")
        if path == "/health":
            # not of the database: a new task would not make that one healthy
            release = {"commit": os.getenv("GIT_COMMIT"), "deployed": os.getenv("DEPLOY_TIME")}
            return "200 OK", JSON, json.dumps({"status": "ok", **release}), "no-store"
        if path.startswith("/static/"):
            return self.asset(path.removeprefix("/static/"))
        if path not in ("/", "/results", "/applications.json"):
            return self.error("404 Not Found", "There is no such page.")

        given = parse_qs(environ.get("QUERY_STRING", "")).get("query", [""])
        query = given[0].strip()[:LONGEST_QUERY]
        try:
            found = self.search(query) if query else None
        except database.DatabaseError as error:
            print(f"search failed: {error}", file=sys.stderr, flush=True)
            return self.error("503 Service Unavailable", "Try again in a few minutes.")
        if path == "/":
            return "200 OK", HTML, pages.search_page(self.assets, query, found), "no-cache"
        if path == "/results":
            return "200 OK", HTML, pages.results(query, found), "no-cache"
        if found is None:
            return "400 Bad Request", JSON, '{"error": "query is missing"}', "no-store"
        return "200 OK", JSON, json.dumps(found), "no-cache"

    def asset(self, name: str) -> Response:
        """The name of an asset has a hash of its content, so it can be kept for ever."""
        if name not in self.files:
            return self.error("404 Not Found", "There is no such file.")
        cache = "public, max-age=31536000, immutable"
        return "200 OK", TYPES[Path(name).suffix], self.files[name], cache

    def error(self, status: str, text: str) -> Response:
        page = pages.error_page(self.assets, status.partition(" ")[2], text)
        return status, HTML, page, "no-store"
