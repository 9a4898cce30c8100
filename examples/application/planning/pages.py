"""The pages, as HTML."""

from collections.abc import Mapping
from html import escape
from typing import Any

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/static/{css}">
<script type="module" src="/static/{js}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header><a href="/">Planning search</a></header>
<main id="main">
{content}
</main>
</body>
</html>
"""

FORM = """\
<h1>Find a planning application</h1>
<form action="/" role="search">
<label for="query">Street, town or postcode</label>
<input id="query" name="query" type="search" autocomplete="off" value="{query}">
<button>Search</button>
</form>
<div id="results" aria-live="polite">{results}</div>"""

TABLE = """\
<h2>{summary}</h2>
<table>
<caption>Applications, the newest first</caption>
<thead><tr><th scope="col">Reference</th><th scope="col">Address</th>\
<th scope="col">Description</th><th scope="col">Decision</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
"""


def search_page(assets: Mapping[str, str], query: str, found: Mapping[str, Any] | None) -> str:
    """The search form, and below it what was found if anything was searched for."""
    content = FORM.format(query=escape(query), results=results(query, found))
    return page(assets, f"{query} - Planning search" if query else "Planning search", content)


def error_page(assets: Mapping[str, str], heading: str, text: str) -> str:
    content = f"<h1>{escape(heading)}</h1>\n<p>{escape(text)}</p>"
    return page(assets, f"{heading} - Planning search", content)


def page(assets: Mapping[str, str], title: str, content: str) -> str:
    css, js = assets["site.css"], assets["search.js"]
    return PAGE.format(title=escape(title), css=css, js=js, content=content)


def results(query: str, found: Mapping[str, Any] | None) -> str:
    """What was found; the script fetches it alone."""
    if found is None:
        return ""
    noun = "application" if found["count"] == 1 else "applications"
    summary = f"{found['count']} {noun} for “{escape(query)}”"
    if not found["count"]:
        return f"<h2>{summary}</h2>"
    return TABLE.format(summary=summary, rows="\n".join(map(row, found["applications"])))


def row(application: Mapping[str, Any]) -> str:
    fields = ("address", "description", "decision")
    cells = (f"<td>{escape(application[field] or 'pending')}</td>" for field in fields)
    return f'<tr><th scope="row">{escape(application["reference"])}</th>{"".join(cells)}</tr>'
