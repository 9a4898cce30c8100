"""Print the DAGs of a folder as JSON, found as Airflow finds them: in files whose text names both it and DAGs."""

import json
import runpy
import sys
from pathlib import Path

from airflow import DAG

found = []
for path in sorted(Path(sys.argv[1]).rglob("*.py")):
    text = path.read_text(encoding="utf-8").lower()
    if "dag" in text and "airflow" in text:
        values = runpy.run_path(str(path)).values()
        found += {id(dag): (path.name, dag) for dag in values if isinstance(dag, DAG)}.values()
print(
    json.dumps(
        [
            {
                "file": file,
                "id": dag.dag_id,
                "schedule": dag.schedule,
                "tasks": {name: vars(task) for name, task in dag.tasks.items()},
            }
            for file, dag in found
        ]
    )
)
