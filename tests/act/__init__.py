"""act in host mode: which jobs a workflow runs, and really running it with stand-ins for the actions.

`invocation` says what act does differently from GitHub. Nothing here proves anything about what act has no notion of:
event filters (read by `filters` instead), environments, concurrency, permissions and services.
"""

from .events import Event
from .filters import starts
from .graph import jobs_run, jobs_started
from .invocation import ActError
from .runs import Run, StepResult, execute

__all__ = ["ActError", "Event", "Run", "StepResult", "execute", "jobs_run", "jobs_started", "starts"]
