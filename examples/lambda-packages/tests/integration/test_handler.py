"""The notifier, with a server on this machine in the place of Slack."""

from urllib.error import HTTPError

import pytest

from notifier.handler import handle


def test_every_notification_is_posted(slack, notification):
    assert handle(notification("one", "two", subject="Count"), None) == {"posted": 2}
    assert [each["text"] for each in slack.messages] == ["*Count*\none", "*Count*\ntwo"]


def test_an_answer_that_is_an_error_is_raised(slack, notification):
    slack.status = 500
    with pytest.raises(HTTPError, match="500"):
        handle(notification("one"), None)
