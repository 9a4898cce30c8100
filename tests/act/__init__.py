"""act in host mode: which jobs a workflow runs, and really running it with stand-ins for the actions.

`invocation` says what act does differently from GitHub. Nothing here proves anything about what act has no notion of:
event filters (read by `filters` instead), environments' gates, concurrency, permissions and services. What a single job
is given on GitHub, its environment's secrets and its token, `rights` imitates.
"""

from .events import Event
from .filters import starts
from .graph import jobs_run, jobs_started
from .invocation import ActError
from .runs import ActionInputs, Run, StepResult, execute

__all__ = ["ActError", "ActionInputs", "Event", "Run", "StepResult", "execute", "jobs_run", "jobs_started", "starts"]
