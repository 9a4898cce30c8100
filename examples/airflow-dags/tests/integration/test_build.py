"""`make dags/config.json`, with the configuration of this repository."""

import json

import pytest

ENVIRONMENTS = ("development", "staging", "production")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_environment_has_a_configuration(make, repository, environment):
    run = make(environment)
    assert (run.returncode, run.stderr) == (0, "")
    config = json.loads((repository / "dags/config.json").read_text(encoding="utf-8"))
    assert config["environment"] == environment


def test_it_is_made_anew_for_the_next_environment(make, repository):
    written = []
    for environment in (*ENVIRONMENTS, ENVIRONMENTS[0]):
        make(environment)
        written.append((repository / "dags/config.json").read_bytes())
    assert len(set(written)) == 3
    assert written[0] == written[-1]


@pytest.mark.parametrize("environment", [None, "", "prod"])
def test_nothing_is_written_for_no_environment(make, repository, environment):
    run = make(environment)
    assert run.returncode != 0
    assert f"ENVIRONMENT is '{environment or ''}', not one of development, production, staging" in run.stderr
    assert not (repository / "dags/config.json").exists()


def test_a_wrong_setting_is_not_published(make, repository):
    (repository / "config/staging.json").write_text('{"schedules": {"collection": "nightly"}}', encoding="utf-8")
    run = make("staging")
    assert run.returncode != 0
    assert "the schedule of collection is wrong: nightly" in run.stderr
    assert not (repository / "dags/config.json").exists()
