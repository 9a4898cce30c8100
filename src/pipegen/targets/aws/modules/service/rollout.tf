# From the pushed image to the deployment: the registered revision is handed to CodeDeploy, and watched to the end.
# CodeDeploy by itself would wait an hour for tasks that cannot start.
#
#   Deploy → CreateDeployment → Wait → ReadDeployment → HasEnded ┬→ ReadTasks → AreStable → StopDeployment ┐
#              │      ↑           ↑                              │                  │                      │
#              │      │           ├──────────────────────────────│──────────────────┘                      │
#              │      │           └──────────── WaitForTheEnd ←──┤                                         │
#              │      │                                          ├→ ReadRecordOfSuccess → … → Deployed     │
#              └→ WaitForOther → ReadRecordAgain                 └→ ReadRecordOfFailure ←──────────────────┘

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
  sdk              = "arn:${local.partition}:states:::aws-sdk"
  platform_version = "1.4.0" # the service and the deployments must name the same one
  watch_seconds    = 30
  # The minutes in which the new tasks must be stable: those that healthy ones need, and ten to fetch the image.
  patience = coalesce(
    var.deployment.patience,
    ceil((var.health_check.grace + var.health_check.interval * var.health_check.healthy) / 60) + 10,
  )

  # A text and no object: CodeDeploy wants the version with its `.0`. What ECS lets nobody change by itself travels with it.
  appspec = format("{\"version\":0.0,%s", trimprefix(jsonencode({
    Resources = [{
      TargetService = {
        Type = "AWS::ECS::Service"
        Properties = {
          TaskDefinition   = "TASK_DEFINITION"
          LoadBalancerInfo = { ContainerName = var.name, ContainerPort = var.port }
          PlatformVersion  = local.platform_version
          NetworkConfiguration = {
            AwsvpcConfiguration = {
              Subnets        = var.platform.subnet_ids
              SecurityGroups = var.platform.security_group_ids
              AssignPublicIp = "DISABLED"
            }
          }
        }
      }
    }]
  }), "{"))

  # Every call may fail for a moment. What one of them must not repeat is named there.
  retry = [{ ErrorEquals = ["States.TaskFailed"], IntervalSeconds = 2, BackoffRate = 2, MaxAttempts = 4, JitterStrategy = "FULL" }]

  deploy_states = {
    Deploy = {
      Type = "Pass"
      Assign = {
        checks = 0
        stable = false
        deployment = {
          ApplicationName     = aws_codedeploy_app.this.name
          DeploymentGroupName = aws_codedeploy_deployment_group.this.deployment_group_name
          Description         = "{% $substring($wanted.tag & ' as ' & $taskDefinition, 0, 256) %}"
          Revision = {
            RevisionType   = "AppSpecContent"
            AppSpecContent = { Content = "{% $replace('${local.appspec}', 'TASK_DEFINITION', $taskDefinition) %}" }
          }
        }
      }
      Next = "CreateDeployment"
    }

    CreateDeployment = {
      Type      = "Task"
      Resource  = "${local.sdk}:codedeploy:createDeployment"
      Arguments = "{% $merge([$deployment, $ignoreAlarms ? { 'OverrideAlarmConfiguration': { 'Enabled': false, 'Alarms': [] } } : {}]) %}"
      Assign    = { deploymentId = "{% $states.result.DeploymentId %}" }
      Retry     = concat([{ ErrorEquals = ["CodeDeploy.DeploymentLimitExceededException"], MaxAttempts = 0 }], local.retry)
      Catch     = [{ ErrorEquals = ["CodeDeploy.DeploymentLimitExceededException"], Next = "WaitForOther" }]
      Next      = "Wait"
    }

    WaitForOther = {
      Comment = "One deployment at a time, and it ends when the old tasks are gone. By then this image may have been superseded."
      Type    = "Wait"
      Seconds = 120
      Next    = "ReadRecordAgain"
    }

    Wait = { Type = "Wait", Seconds = local.watch_seconds, Next = "ReadDeployment" }

    ReadDeployment = {
      Type      = "Task"
      Resource  = "${local.sdk}:codedeploy:getDeployment"
      Arguments = { DeploymentId = "{% $deploymentId %}" }
      Assign    = { status = "{% $states.result.DeploymentInfo.Status %}", checks = "{% $checks + 1 %}" }
      Retry     = local.retry
      Next      = "HasEnded"
    }

    HasEnded = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $status = 'Succeeded' %}", Next = "ReadRecordOfSuccess" },
        {
          Condition = "{% $status in ['Failed', 'Stopped'] %}"
          Assign = {
            failure = {
              error = "DeploymentFailed"
              cause = "{% $deploymentId & ' ended as ' & $status & ': see CodeDeploy for the reason.' %}"
            }
          }
          Next = "ReadRecordOfFailure"
        },
        { Condition = "{% $stable %}", Next = "WaitForTheEnd" },
      ]
      Default = "ReadTasks"
    }

    ReadTasks = {
      Comment   = "CodeDeploy gives the new tasks its own id."
      Type      = "Task"
      Resource  = "${local.sdk}:ecs:describeServices"
      Arguments = { Cluster = var.platform.cluster.arn, Services = [aws_ecs_service.this.name] }
      Assign = {
        stable = "{% $count($filter($states.result.Services[0].TaskSets, function($tasks) { $tasks.ExternalId = $deploymentId and $tasks.StabilityStatus = 'STEADY_STATE' })) > 0 %}"
      }
      Retry = local.retry
      Next  = "AreStable"
    }

    AreStable = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $stable %}", Next = "WaitForTheEnd" },
        { Condition = "{% $checks >= ${ceil(local.patience * 60 / local.watch_seconds)} %}", Next = "StopDeployment" },
      ]
      Default = "Wait"
    }

    WaitForTheEnd = {
      Comment = "CodeDeploy moves the traffic, watches the alarms and removes the old tasks."
      Type    = "Wait"
      Seconds = 60
      Next    = "ReadDeployment"
    }

    Deployed = {
      Type = "Succeed"
      Output = {
        result          = "deployed"
        image           = "{% $wanted.image %}"
        task_definition = "{% $taskDefinition %}"
        deployment_id   = "{% $deploymentId %}"
      }
    }

    StopDeployment = {
      Type      = "Task"
      Resource  = "${local.sdk}:codedeploy:stopDeployment"
      Arguments = { DeploymentId = "{% $deploymentId %}", AutoRollbackEnabled = true }
      Retry     = concat([{ ErrorEquals = ["CodeDeploy.DeploymentAlreadyCompletedException"], MaxAttempts = 0 }], local.retry)
      Catch     = [{ ErrorEquals = ["CodeDeploy.DeploymentAlreadyCompletedException"], Next = "ReadDeployment" }]
      Assign = {
        failure = {
          error = "NotStable"
          cause = "{% $deploymentId & ' was stopped and rolled back: the new tasks were not stable within ${local.patience} minutes.' %}"
        }
      }
      Next = "ReadRecordOfFailure"
    }

    Overtaken = {
      Comment = "It failed all the same."
      Type    = "Pass"
      Next    = "NotDeployed"
    }
  }
}

data "aws_iam_policy_document" "rollout" {
  statement {
    sid       = "Deploy"
    actions   = ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"]
    resources = [aws_codedeploy_deployment_group.this.arn]
  }
  statement {
    sid       = "StopADeploymentThatHangs"
    actions   = ["codedeploy:StopDeployment"]
    resources = ["*"] # this action has no resource type
  }
  statement {
    sid       = "DescribeTheRevision"
    actions   = ["codedeploy:GetApplication", "codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision"]
    resources = [aws_codedeploy_app.this.arn]
  }
  statement {
    sid       = "ReadHowTrafficMoves"
    actions   = ["codedeploy:GetDeploymentConfig"]
    resources = ["arn:${local.partition}:codedeploy:${local.region}:${local.account}:deploymentconfig:${var.deployment.traffic}"]
  }
  statement {
    sid       = "WatchTheTasks"
    actions   = ["ecs:DescribeServices"]
    resources = [aws_ecs_service.this.id]
  }
}
