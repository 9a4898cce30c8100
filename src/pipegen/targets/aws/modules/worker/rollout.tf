# From the pushed image to the running tasks: the service is given the registered revision, and watched until ECS has
# replaced its tasks or put the old ones back.
#
#   Deploy → Wait → ReadService → HasEnded ┬→ ReadRecordOfSuccess → … → Deployed
#              ↑                           ├→ ReadRecordOfFailure → … → Overtaken → Superseded
#              └───────────────────────────┴→ NotStable

module "rollout" {
  source        = "../rollout"
  name          = var.name
  repository    = var.repository
  container     = module.container
  deploy_states = jsonencode(local.deploy_states)
  has_outcome   = true
  deploy_policy = data.aws_iam_policy_document.rollout.json
  topic_arn     = local.topic_arn
  boundary      = var.platform.boundary
}

locals {
  sdk           = "arn:${data.aws_partition.current.partition}:states:::aws-sdk"
  watch_seconds = 30

  # Every call may fail for a moment.
  retry = [{ ErrorEquals = ["States.TaskFailed"], IntervalSeconds = 2, BackoffRate = 2, MaxAttempts = 4, JitterStrategy = "FULL" }]

  deploy_states = {
    Deploy = {
      Type      = "Task"
      Resource  = "${local.sdk}:ecs:updateService"
      Arguments = { Cluster = var.platform.cluster.arn, Service = aws_ecs_service.this.name, TaskDefinition = "{% $taskDefinition %}" }
      Assign    = { checks = 0 }
      Retry     = local.retry
      Next      = "Wait"
    }

    Wait = { Type = "Wait", Seconds = local.watch_seconds, Next = "ReadService" }

    ReadService = {
      Type      = "Task"
      Resource  = "${local.sdk}:ecs:describeServices"
      Arguments = { Cluster = var.platform.cluster.arn, Services = [aws_ecs_service.this.name] }
      Assign = {
        checks = "{% $checks + 1 %}"
        # A deployment that was given up is no longer the primary one.
        state = join(" ", [
          "{% (",
          "$ours := $filter($states.result.Services[0].Deployments, function($deployment) {",
          "$deployment.TaskDefinition = $taskDefinition and $deployment.Status = 'PRIMARY' })[0];",
          "$exists($ours) ? $ours.RolloutState : 'GONE'",
          ") %}",
        ])
      }
      Retry = local.retry
      Next  = "HasEnded"
    }

    HasEnded = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $state = 'COMPLETED' %}", Next = "ReadRecordOfSuccess" },
        {
          Condition = "{% $state in ['FAILED', 'GONE'] %}"
          Assign = {
            failure = {
              error = "RolledBack"
              cause = "{% $taskDefinition & ' was rolled back by ECS: its tasks failed. The events of the service have the reason.' %}"
            }
          }
          Next = "ReadRecordOfFailure"
        },
        { Condition = "{% $checks >= ${ceil(var.deployment.patience * 60 / local.watch_seconds)} %}", Next = "NotStable" },
      ]
      Default = "Wait"
    }

    Deployed = {
      Type   = "Succeed"
      Output = { result = "deployed", image = "{% $wanted.image %}", task_definition = "{% $taskDefinition %}" }
    }

    Overtaken = {
      Comment = "ECS did not go back to the old tasks: a newer image took over."
      Type    = "Pass"
      Next    = "Superseded"
    }

    NotStable = {
      Type  = "Fail"
      Error = "NotStable"
      Cause = "{% $taskDefinition & ' is not running everywhere after ${var.deployment.patience} minutes. ECS goes on trying.' %}"
    }
  }
}

data "aws_iam_policy_document" "rollout" {
  statement {
    sid       = "Deploy"
    actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
    resources = [aws_ecs_service.this.id]
  }
}
