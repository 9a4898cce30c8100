"""What can be said of a page's accessibility from its HTML alone."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
NAMED = {"input", "select", "textarea"}


class Page(HTMLParser):
    """Every element, with its attributes and text; `unclosed` are those left open."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.unclosed = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = {
            "tag": tag,
            "text": "",
            "attributes": {name: value or "" for name, value in attrs},
        }
        self.elements.append(element)
        if tag not in VOID:
            self.unclosed.append(element)

    def handle_endtag(self, tag):
        if self.unclosed and self.unclosed[-1]["tag"] == tag:
            self.unclosed.pop()

    def handle_data(self, data):
        for element in self.unclosed:
            element["text"] += data

    def all(self, *tags):
        return [element for element in self.elements if element["tag"] in tags]


def find_problems(html):
    page = Page(html)
    yield from (f"<{element['tag']}> is not closed" for element in page.unclosed)
    if not any(element["attributes"].get("lang") for element in page.all("html")):
        yield "the page has no language"
    if [bool(title["text"].strip()) for title in page.all("title")] != [True]:
        yield "the page has no title"
    if len(page.all("main")) != 1:
        yield "the page has no main part, or several"
    ids = [
        element["attributes"]["id"] for element in page.elements if "id" in element["attributes"]
    ]
    yield from (f"id {id} is given twice" for id in sorted(set(ids)) if ids.count(id) > 1)
    yield from headings(page)
    yield from names(page)
    for link in page.all("a"):
        target = link["attributes"].get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            yield f"the link {target} leads nowhere"
    for viewport in page.all("meta"):
        content = viewport["attributes"].get("content", "")
        if "user-scalable=no" in content or "maximum-scale" in content:
            yield "the page cannot be enlarged"


def headings(page):
    levels = [int(heading["tag"][1]) for heading in page.all(*HEADINGS)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "the page does not begin with its only h1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"h{after} follows h{before}"


def names(page):
    """Everything that is used or read needs a name."""
    labels = {e["attributes"].get("for"): e["text"].strip() for e in page.all("label")}
    for element in page.elements:
        attributes, tag = element["attributes"], element["tag"]
        named = attributes.get("aria-label") or element["text"].strip()
        if tag in NAMED and attributes.get("type") != "hidden":
            named = attributes.get("aria-label") or labels.get(attributes.get("id"))
        elif tag == "img":
            named = "alt" in attributes
        elif tag == "th":
            named = named and attributes.get("scope")
        elif tag == "table":
            named = page.all("caption")
        elif tag not in {"a", "button", "caption", *HEADINGS}:
            continue
        if not named:
            yield f"<{tag}> has no name"


@pytest.fixture
def problems():
    """The problems of a page, as a list of sentences."""
    return lambda html: list(find_problems(html))
