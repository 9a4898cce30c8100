import pytest

from redirect import handle


def location(path, **parameters):
    answer = handle({"path": path, "queryStringParameters": parameters}, None)
    assert answer["statusCode"] == 301
    return answer["headers"]["Location"].removeprefix("https://www.planning.data.gov.uk")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/brownfield-sites", "/dataset/brownfield-land"),
        ("/brownfield-sites/", "/dataset/brownfield-land"),
        ("/guidance", "/guidance/specifications"),
        ("/guidance/introduction", "/guidance"),
        ("/guidance/introduction/why", "/guidance/why"),
        ("/dataset/tree", "/dataset/tree"),
        ("/brownfield-sites-of-old", "/"),
        ("/", "/"),
    ],
)
def test_a_page_has_a_new_place(old, new):
    assert location(old) == new


def test_parameters_are_kept():
    assert location("/dataset", q="a%20b", page="2") == "/dataset?q=a%20b&page=2"


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\r\nX: y", "/dataset/\r\nX: y", "@evil.example"]
)
def test_nobody_is_sent_elsewhere(path):
    assert location(path).startswith("/")
    assert not set(location(path)) & set("\r\n")
