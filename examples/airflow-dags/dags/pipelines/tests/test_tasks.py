from airflow import DAG
from pipelines.tasks import options, run_task

CONFIG = {
    "environment": "staging",
    "region": "eu-west-2",
    "retries": 2,
    "schedules": {"collection": "0 0 * * *", "datasets": None},
    "network": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]},
}


def test_a_task_is_started_by_its_family():
    with DAG("collection", **options(CONFIG, "collection")):
        task = run_task(CONFIG, "collection-task", "collect", ["brownfield-land"])
    assert task.cluster == "staging-cluster"
    assert task.task_definition == "staging-mwaa-collection-task"
    assert task.overrides == {
        "containerOverrides": [{"name": "staging-mwaa-collection-task", "command": ["brownfield-land"]}]
    }
    assert task.network_configuration == {"awsvpcConfiguration": CONFIG["network"]}


def test_a_dag_without_a_schedule_is_started_by_hand():
    assert options(CONFIG, "collection")["schedule"] == "0 0 * * *"
    assert options(CONFIG, "datasets")["schedule"] is None


def test_what_was_missed_is_not_made_up_for():
    assert options(CONFIG, "collection")["catchup"] is False
    assert options(CONFIG, "collection")["max_active_runs"] == 1
