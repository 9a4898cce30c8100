"""Count what was downloaded."""

from airflow import DAG
from pipelines.config import load
from pipelines.tasks import options, run_task

config = load()

with DAG("usage-report", **options(config, "usage-report")) as dag:
    run_task(config, "report-task", "count", ["--days", "1"])
