"""Collect what planning authorities publish, and make datasets of it: a DAG for each collection."""

from airflow import DAG
from pipelines.config import load
from pipelines.tasks import options, run_task

config = load()

for collection in config["collections"]:
    with DAG(f"collection-{collection}", **options(config, "collection")) as dag:
        collect = run_task(config, "collection-task", "collect", [f"{collection}/endpoint.csv"])
        transform = run_task(config, "pipeline-task", "transform", [collection])
        collect >> transform
    globals()[dag.dag_id] = dag
