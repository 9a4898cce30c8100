import io
import json
from wsgiref.util import setup_testing_defaults

import pytest

from planning import database
from planning.app import Application

ASSETS = {"site.css": "site-1.css", "search.js": "search-2.js"}
FOUND = {
    "count": 1,
    "applications": [
        {"reference": "1", "address": "A & B", "description": "<shop>", "decision": None}
    ],
}


@pytest.fixture
def static(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps(ASSETS))
    for name in ASSETS.values():
        (tmp_path / name).write_text(f"content of {name}")
    return tmp_path


@pytest.fixture
def get(static):
    def request(path, query="", method="GET", search=lambda query: FOUND):
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method}
        setup_testing_defaults(environ)
        environ["wsgi.errors"] = io.StringIO()
        answer = {}

        def start_response(status, headers):
            answer.update(status=status, headers=dict(headers))

        content = b"".join(Application(static, search)(environ, start_response)).decode()
        return answer["status"], answer["headers"], content

    return request


def test_what_is_searched_for_is_shown_as_text(get):
    _, _, page = get("/", "query=%3Cb%3E")
    assert "<title>&lt;b&gt; - Planning search</title>" in page
    assert 'value="&lt;b&gt;"' in page
    assert "1 application for “&lt;b&gt;”" in page
    assert "<td>A &amp; B</td><td>&lt;shop&gt;</td><td>pending</td></tr>" in page


def test_nothing_is_searched_for_without_a_query(get):
    def search(query):
        raise AssertionError

    status, _, page = get("/", "query=++", search=search)
    assert status == "200 OK"
    assert '<div id="results" aria-live="polite"></div>' in page
    assert get("/applications.json", search=search)[0] == "400 Bad Request"


def test_a_query_is_cut(get):
    asked = []
    get("/", "query=" + "a" * 1000, search=lambda query: asked.append(query) or FOUND)
    assert asked == ["a" * 200]


def test_the_results_alone_are_part_of_the_page(get):
    _, _, results = get("/results", "query=a")
    assert results.startswith("<h2>1 application for “a”</h2>")
    assert results in get("/", "query=a")[2]


def test_json_holds_what_was_found(get):
    _, headers, content = get("/applications.json", "query=a")
    assert headers["Content-Type"] == "application/json"
    assert json.loads(content) == FOUND


def test_the_page_names_its_assets(get):
    page = get("/")[2]
    assert 'href="/static/site-1.css"' in page
    assert 'src="/static/search-2.js"' in page
    _, headers, content = get("/static/site-1.css")
    assert (headers["Content-Type"], content) == (
        "text/css; charset=utf-8",
        "content of site-1.css",
    )
    assert "immutable" in headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/absent", "/static/", "/static/manifest.json", "/static/../app.py"]
)
def test_what_is_not_there_is_not_found(get, path):
    assert get(path)[0] == "404 Not Found"


def test_the_database_that_is_down_is_an_error_that_says_nothing_of_it(get, capsys):
    def search(query):
        raise database.DatabaseError("connection to 10.0.0.1 refused")

    status, _, page = get("/", "query=a", search=search)
    assert status == "503 Service Unavailable"
    assert "10.0.0.1" not in page
    assert "10.0.0.1" in capsys.readouterr().err
    assert get("/health", search=search)[0] == "200 OK"


def test_pages_cannot_be_written(get):
    assert get("/", method="POST")[0] == "405 Method Not Allowed"


def test_head_has_the_headers_alone(get):
    _, headers, content = get("/", method="HEAD")
    assert (headers["Content-Length"], content) == (str(len(get("/")[2].encode())), "")


def test_without_assets_it_does_not_start(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"manifest\.json"):
        Application(tmp_path)
