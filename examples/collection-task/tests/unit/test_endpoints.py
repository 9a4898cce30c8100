from datetime import date

import pytest

from collector.endpoints import Endpoint, read_endpoints


@pytest.fixture
def listed(tmp_path):
    def read(text):
        path = tmp_path / "endpoint.csv"
        path.write_text(text, encoding="utf-8")
        return list(read_endpoints(path))

    return read


def test_each_endpoint_is_read_once(listed):
    assert listed(
        "endpoint-url,end-date\n"
        "https://a.example/data.csv,\n"
        "https://b.example/data.csv,2026-03-01\n"
        " https://a.example/data.csv ,\n"
    ) == [
        Endpoint("https://a.example/data.csv"),
        Endpoint("https://b.example/data.csv", date(2026, 3, 1)),
    ]


def test_a_short_row_has_no_end_date(listed):
    assert listed("endpoint-url,end-date\nhttps://a.example/\n") == [Endpoint("https://a.example/")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("url\nhttps://a.example/\n", "no column named endpoint-url"),
        ("endpoint-url\nhttps://a.example/\nfile:///etc/hosts\n", "endpoint.csv:3: not an HTTP"),
        ('endpoint-url,end-date\n"",\n', "endpoint.csv:2: not an HTTP"),
        ("endpoint-url,end-date\nhttps://a.example/,soon\n", "endpoint.csv:2: not a date: 'soon'"),
    ],
)
def test_a_wrong_list_is_refused(listed, text, message):
    with pytest.raises(ValueError, match=message):
        listed(text)


def test_an_endpoint_is_active_until_its_end_date():
    endpoint = Endpoint("https://a.example/", date(2026, 3, 1))
    assert endpoint.is_active(date(2026, 2, 28))
    assert not endpoint.is_active(date(2026, 3, 1))


def test_an_endpoint_is_named_by_the_hash_of_its_url():
    expected = "befde498a45b6c82084a07709548fe6ff7cad85ae6f76a971ad9afaa83f20595"
    assert Endpoint("https://a.example/").key == expected
