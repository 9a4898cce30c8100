from airflow import DAG


class EcsRunTaskOperator:
    def __init__(
        self, *, task_id, cluster, task_definition, launch_type, overrides, network_configuration, region_name
    ):
        self.task_id, self.cluster, self.task_definition = task_id, cluster, task_definition
        self.launch_type, self.overrides, self.region_name = launch_type, overrides, region_name
        self.network_configuration = network_configuration
        self.upstream = []
        assert DAG.current, "a task needs a DAG"
        assert task_id not in DAG.current.tasks, f"task {task_id} is there twice"
        DAG.current.tasks[task_id] = self

    def __rshift__(self, other):
        other.upstream.append(self.task_id)
        return other

    def __rrshift__(self, others):
        self.upstream += [other.task_id for other in others]
        return self
