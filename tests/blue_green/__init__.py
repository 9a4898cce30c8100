"""A service that is deployed with real containers: what AWS would do with the compiled configuration, done here.

Images come from a registry on this machine under their names in ECR. A task is a container that runc runs, with the
image, the command, the variables and the port of its task definition, in a network of its own (`tasks`). Requests come
through a proxy that follows the compiled rule and checks the health as the compiled target groups say (`balancer`).
`codedeploy` carries deployments out as the compiled deployment group says. A minute of AWS takes half a second.

It is written after AWS's documentation and is no proof of what AWS does. One task stands for all of a version, and one
that ended is not started again. Roles, subnets, security groups, secrets and logs are left out, and of the alarms there
is the one on unhealthy hosts only.
"""

from .balancer import LoadBalancer
from .clock import scaled
from .codedeploy import CodeDeploy
from .tasks import Engine, Task, engine
from .visitor import Visitor

__all__ = ["CodeDeploy", "Engine", "LoadBalancer", "Task", "Visitor", "engine", "scaled"]
