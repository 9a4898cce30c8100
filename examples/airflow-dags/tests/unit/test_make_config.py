import json

import pytest
from make_config import is_cron, make_config, merge

BASE = {"collections": ["brownfield-land"], "schedules": {"collection": None}, "retries": 2}
OWN = {"network": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}}


@pytest.fixture
def make(tmp_path):
    def run(own, base=BASE, environment="staging"):
        (tmp_path / "base.json").write_text(json.dumps(base), encoding="utf-8")
        (tmp_path / "staging.json").write_text(json.dumps(own), encoding="utf-8")
        return make_config(environment, tmp_path)

    return run


def test_an_environment_is_laid_over_what_all_share(make):
    config = make({**OWN, "schedules": {"collection": "0 1 * * *"}})
    assert config == {**BASE, **OWN, "schedules": {"collection": "0 1 * * *"}, "environment": "staging"}


def test_merging_changes_neither():
    base = {"schedules": {"a": 1, "b": 2}, "c": [3]}
    assert merge(base, {"schedules": {"b": 4}, "c": [5]}) == {"schedules": {"a": 1, "b": 4}, "c": [5]}
    assert base == {"schedules": {"a": 1, "b": 2}, "c": [3]}


@pytest.mark.parametrize("environment", ["", "base", "../staging", "Staging"])
def test_an_unknown_environment_is_refused(make, environment):
    with pytest.raises(ValueError, match="not one of staging"):
        make(OWN, environment=environment)


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"schedules": {"collection": "at night"}}, "the schedule of collection is wrong: at night"),
        ({"schedules": {"colection": None}}, "schedules has no colection"),
        ({"collections": []}, "collections are missing"),
        ({"collections": ["a", "a"]}, "stated twice"),
        ({"collections": ["Brownfield land"]}, "no name of a collection: Brownfield land"),
        ({"network": {"subnets": []}}, "network needs"),
    ],
)
def test_wrong_settings_are_refused(make, own, message):
    with pytest.raises(ValueError, match=message):
        make({**OWN, **own})


@pytest.mark.parametrize("schedule", ["0 0 * * *", "*/15 * * * *", "15 6 * * 1-5", "0 0,12 1 1-12/3 7"])
def test_a_schedule_is_cron(schedule):
    assert is_cron(schedule)


@pytest.mark.parametrize(
    "schedule", ["", "0 0 * *", "0 0 * * * *", "60 0 * * *", "0 24 * * *", "0 0 0 * *", "5-1 * * * *", "*/0 * * * *"]
)
def test_what_is_not_cron_is_no_schedule(schedule):
    assert not is_cron(schedule)
