"""As much of Airflow as the DAGs use, with the parameters that it really has: Airflow is not installed to test them."""


class DAG:
    current = None

    def __init__(
        self, dag_id, *, schedule=None, start_date=None, catchup, max_active_runs=16, default_args=None, tags=()
    ):
        self.dag_id, self.schedule, self.start_date = dag_id, schedule, start_date
        self.catchup, self.max_active_runs = catchup, max_active_runs
        self.default_args, self.tags = default_args or {}, tags
        self.tasks = {}

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *_):
        DAG.current = None
