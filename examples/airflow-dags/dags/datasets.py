"""Put the datasets of every collection together, and publish them."""

from airflow import DAG
from pipelines.config import load
from pipelines.tasks import options, run_task

config = load()

with DAG("datasets", **options(config, "datasets")) as dag:
    build = [run_task(config, "dataset-task", f"build-{name}", ["build", name]) for name in config["collections"]]
    check = run_task(config, "dataset-task", "check", ["check"])
    publish = run_task(config, "publish-task", "publish", [])
    build >> check >> publish
