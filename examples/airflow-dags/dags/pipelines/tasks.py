"""The tasks of a DAG. Their code is in repositories of their own: a DAG only starts them by name."""

from datetime import datetime, timedelta
from typing import Any

from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator


def options(config: dict[str, Any], name: str) -> dict[str, Any]:
    """What every DAG is made with. Without a schedule it is started by hand."""
    return {
        "schedule": config["schedules"][name],
        "start_date": datetime(2026, 1, 1),  # in UTC, as Airflow takes it
        "catchup": False,
        "max_active_runs": 1,
        "default_args": {"retries": config["retries"], "retry_delay": timedelta(minutes=5)},
        "tags": [config["environment"], name],
    }


def run_task(config: dict[str, Any], name: str, task_id: str, command: list[str]) -> EcsRunTaskOperator:
    """Start a task by its family alone, so that each run has the newest revision of it."""
    family = f"{config['environment']}-mwaa-{name}"
    return EcsRunTaskOperator(
        task_id=task_id,
        cluster=f"{config['environment']}-cluster",
        task_definition=family,
        launch_type="FARGATE",
        overrides={"containerOverrides": [{"name": family, "command": command}]},
        network_configuration={"awsvpcConfiguration": config["network"]},
        region_name=config["region"],
    )
