"""The application as its visitors have it: the real server, over HTTP, with the real database."""

import json
import re


def test_somebody_finds_an_application(site):
    start = site.get("/")
    assert start.status == 200
    assert 'name="query"' in start.text
    page = site.get("/?query=ilkley").text
    assert "3 applications for “ilkley”" in page
    found = re.findall(r'<th scope="row">(.*?)</th>', page)
    assert found == ["26/00009/TPO", "26/00003/FUL", "25/00101/HOU"]
    assert "<td>Café &lt;Rosé&gt;, 3 The Grove, Ilkley</td>" in page


def test_somebody_finds_nothing(site):
    page = site.get("/?query=harbour").text
    assert "0 applications for “harbour”" in page
    assert "<table>" not in page


def test_the_script_gets_the_same_results_as_the_page(site):
    results = site.get("/results?query=mill").text
    assert "2 applications for “mill”" in results
    assert results in site.get("/?query=mill").text


def test_a_program_finds_an_application(site):
    response = site.get("/applications.json?query=canal%20street")
    assert response.headers["Content-Type"] == "application/json"
    found = json.loads(response.text)
    assert [each["reference"] for each in found["applications"]] == ["25/00017/FUL"]
    assert site.get("/applications.json").status == 400


def test_the_assets_of_the_page_are_those_that_were_built(site):
    page = site.get("/").text
    paths = re.findall(r'"(/static/[^"]+)"', page)
    assert [re.sub("[0-9a-f]{16}", "HASH", path) for path in paths] == [
        "/static/site-HASH.css",
        "/static/search-HASH.js",
    ]
    css, js = (site.get(path) for path in paths)
    assert (css.status, js.status) == (200, 200)
    assert css.headers["Content-Type"] == "text/css; charset=utf-8"
    assert js.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "addEventListener" in js.text


def test_the_load_balancer_learns_what_runs(site):
    expected = {"status": "ok", "commit": "5f2c1d0", "deployed": "2026-02-01T10:00:00Z"}
    assert json.loads(site.get("/health").text) == expected


def test_wrong_paths_and_methods_are_refused(site):
    assert site.get("/absent").status == 404
    assert site.get("/static/..%2fapp.py").status == 404
    assert site.get("/", method="DELETE").status == 405


def test_a_page_may_load_nothing_from_elsewhere(site):
    policy = site.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
