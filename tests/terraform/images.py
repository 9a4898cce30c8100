"""An account where images are pushed, and what a rollout makes of them.

What terraform would make of a rollout is made here by hand, from its plan: the repository, the template of the task
definition and the record of what was rolled out last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moto.ecr.models import ecr_backends
from moto.events.models import EventPattern

from . import account
from .cli import REGION
from .machines import Outcome, StepFunctions


def repository(name: str) -> dict[str, str]:
    """A repository as the module `publishing` puts it out."""
    return {
        "arn": f"arn:aws:ecr:{REGION}:{account.ID}:repository/{name}",
        "url": f"{account.ID}.dkr.ecr.{REGION}.amazonaws.com/{name}",
        "name": name,
    }


@dataclass
class Account:
    """An account with one rollout. `rollout` and `container` are the addresses of these modules in the plan."""

    functions: StepFunctions
    resources: Mapping[str, Mapping[str, Any]]
    rollout: str
    container: str
    repository: str = ""

    def make(self, repository: str) -> None:
        """Make what terraform would."""
        self.repository = repository
        self.functions.client("ecr").create_repository(repositoryName=repository)
        record = self._planned("aws_ssm_parameter.image")
        self.functions.client("ssm").put_parameter(Name=record["name"], Type=record["type"], Value=record["value"])
        self.change_template()

    def change_template(self, cpu: str = "256") -> str:
        """Register the template, as terraform does whenever its shape changes. Returns its ARN."""
        template = self.resources[f"{self.container}.aws_ecs_task_definition.template"]
        made = self.functions.client("ecs").register_task_definition(
            family=template["family"],
            cpu=cpu,
            memory=template["memory"],
            networkMode=template["network_mode"],
            requiresCompatibilities=template["requires_compatibilities"],
            executionRoleArn=f"arn:aws:iam::{account.ID}:role/execution",
            taskRoleArn=f"arn:aws:iam::{account.ID}:role/task",
            containerDefinitions=[
                *json.loads(template["container_definitions"]),
                {"name": "beside", "image": "example.com/beside@sha256:0", "essential": False},
            ],
            tags=[{"key": "owner", "value": "somebody"}],
        )
        return str(made["taskDefinition"]["taskDefinitionArn"])

    def push(self, tag: str, time: str) -> dict[str, Any]:
        """Put an image into the repository. Returns the event that AWS makes of it."""
        layer = {"digest": f"sha256:{hashlib.sha256(tag.encode()).hexdigest()}", "size": 1}
        kind = "application/vnd.oci.image.manifest.v1+json"
        manifest = {"schemaVersion": 2, "mediaType": kind, "config": {"size": 1}, "layers": [layer]}
        self.functions.client("ecr").put_image(
            repositoryName=self.repository, imageTag=tag, imageManifest=json.dumps(manifest)
        )
        image = ecr_backends[account.ID][REGION].repositories[self.repository].images[-1]
        image.image_pushed_at = int(datetime.fromisoformat(time).timestamp())
        detail = {"result": "SUCCESS", "action-type": "PUSH", "repository-name": self.repository, "image-tag": tag}
        return {
            "source": "aws.ecr",
            "detail-type": "ECR Image Action",
            "time": time,
            "detail": detail | {"image-digest": self.digest(tag)},
        }

    def digest(self, tag: str) -> str:
        found = self.functions.client("ecr").describe_images(
            repositoryName=self.repository, imageIds=[{"imageTag": tag}]
        )
        return str(found["imageDetails"][0]["imageDigest"])

    def image(self, tag: str) -> str:
        """An image by its digest, as a task definition names it."""
        return f"{repository(self.repository)['url']}@{self.digest(tag)}"

    def starts(self, event: Any) -> bool:
        """Whether an event starts the rollout."""
        pattern = self._planned("module.machine.aws_cloudwatch_event_rule.this")["event_pattern"]
        return bool(EventPattern.load(pattern).matches_event(event))

    def run(self, given: Mapping[str, Any]) -> Outcome:
        definition = self._planned("module.machine.aws_sfn_state_machine.this")["definition"]
        return self.functions.run(json.loads(definition), given)

    def record(self) -> dict[str, str]:
        """What was rolled out last."""
        found = self.functions.client("ssm").get_parameter(Name=self._planned("aws_ssm_parameter.image")["name"])
        record: dict[str, str] = json.loads(found["Parameter"]["Value"])
        return record

    def write(self, tag: str, time: str) -> None:
        """Record an image, as another execution does."""
        value = {"image": self.image(tag), "tag": tag, "pushed_at": time, "template": "another"}
        name = self._planned("aws_ssm_parameter.image")["name"]
        self.functions.client("ssm").put_parameter(Name=name, Value=json.dumps(value), Overwrite=True)

    def images(self, family: str) -> list[str]:
        """The images of the revisions of a family, the oldest first."""
        client = self.functions.client("ecs")
        revisions = client.list_task_definitions(familyPrefix=family)["taskDefinitionArns"]
        found = [client.describe_task_definition(taskDefinition=arn)["taskDefinition"] for arn in revisions]
        return [each["containerDefinitions"][0]["image"] for each in found if each["family"] == family]

    def _planned(self, resource: str) -> Mapping[str, Any]:
        return self.resources[f"{self.rollout}.{resource}"]
