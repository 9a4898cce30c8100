import json

import pytest

from notifier.message import message

DEPLOYMENT = {"deploymentGroupName": "staging-main-deployment", "deploymentId": "d-1"}


@pytest.mark.parametrize(
    ("status", "sign"),
    [("SUCCEEDED", "white_check_mark"), ("FAILED", "x"), ("CREATED", "information_source")],
)
def test_a_deployment_is_one_line(status, sign):
    text = message("A subject", json.dumps({**DEPLOYMENT, "status": status}))["text"]
    assert text == f":{sign}: *staging-main-deployment* {status.lower()}: d-1"


def test_an_alarm_is_one_line():
    body = {"AlarmName": "http-5xx", "NewStateValue": "ALARM", "NewStateReason": "3 > 1"}
    expected = ":rotating_light: *http-5xx* alarm: 3 &gt; 1"
    assert message(None, json.dumps(body)) == {"text": expected}


@pytest.mark.parametrize("body", ["It is done.", "[1]", "null", '{"other": 1}'])
def test_anything_else_is_its_text(body):
    assert message("Report", body) == {"text": f"*Report*\n{body}"}
    assert message(None, body) == {"text": f"*Notification*\n{body}"}


def test_nobody_is_mentioned():
    assert message("<!channel>", "<@U1> & co")["text"] == (
        "*&lt;!channel&gt;*\n&lt;@U1&gt; &amp; co"
    )


def test_a_long_text_is_cut():
    text = message("Report", "a" * 5000)["text"]
    assert (len(text), text[-1]) == (3000, "…")
