"""Every kind of page that the server makes has no problem that can be seen in its HTML."""

import pytest

GOOD = """\
<html lang="en"><head><title>A page</title></head><body><main>
<h1>A page</h1><form><label for="a">Name</label><input id="a"><button>Send</button></form>
<img src="a.png" alt=""></main></body></html>
"""


@pytest.mark.parametrize("path", ["/", "/?query=ilkley", "/?query=harbour", "/absent"])
def test_a_page_has_no_problem(site, problems, path):
    assert problems(site.get(path).text) == []


def test_every_page_has_a_title_of_its_own(site):
    pages = [site.get(path).text for path in ("/", "/?query=ilkley", "/?query=mill", "/absent")]
    assert len({page.partition("</title>")[0] for page in pages}) == 4


def test_whoever_uses_a_keyboard_can_skip_the_header(site):
    body = site.get("/").text.partition("<body>")[2].lstrip()
    assert body.startswith('<a class="skip" href="#main">')


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ("", "", None),
        (' lang="en"', "", "the page has no language"),
        ("<title>A page<", "<title> <", "the page has no title"),
        (' for="a"', "", "<input> has no name"),
        (">Send<", "><", "<button> has no name"),
        (' alt=""', "", "<img> has no name"),
        ("<form>", "<h3>Form</h3><form>", "h3 follows h1"),
        ("<h1>A page</h1>", "", "the page does not begin with its only h1"),
        ("</form>", '</form><a href="#b">Skip</a>', "the link #b leads nowhere"),
        ("</form>", '</form><p id="a"></p>', "id a is given twice"),
    ],
)
def test_problems_are_seen(problems, good, bad, problem):
    assert problems(GOOD.replace(good, bad, 1) if good else GOOD) == ([problem] if problem else [])
