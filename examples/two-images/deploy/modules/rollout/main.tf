# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 888d90bda316349c8a8a047772d69ec75b585a538116403870cc6ac68ed88cff

# From a pushed image to a registered revision of a task definition, then on with the states that the caller gives.
#
# The machine is started by a push, every hour, and by hand with one of these inputs:
#
#   {}                       what the hourly run does: the newest image or a changed template, if not yet rolled out
#   {"tag": "git-…"}         that image, be it older: the way back, which lasts until the next push
#   {"force": true}          also an image that was rolled out already, or failed
#   {"ignore_alarms": true}  although an alarm is red, so that its cause can be mended

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  sdk       = "arn:${data.aws_partition.current.partition}:states:::aws-sdk"
  revisions = "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:task-definition/${var.container.family}:*"
}

# What was rolled out last. Written by the machine only: it tells the new from the old and from what is done already.
# Where a deployment has an outcome it also has `good`, what was deployed last with success, and `failed`, what was not.
resource "aws_ssm_parameter" "image" {
  # checkov:skip=CKV2_AWS_34:it names an image, which is no secret
  name        = "/pipegen/${var.name}/image"
  description = "Image that ${var.name} was rolled out with last"
  type        = "String"
  value       = jsonencode({ image = "", tag = "", pushed_at = "1970-01-01T00:00:00Z", template = "" })

  lifecycle {
    ignore_changes = [value]
  }
}

module "machine" {
  source      = "../machine"
  name        = var.name
  description = "Rolls out ${var.name}"
  definition = jsonencode({
    Comment       = "Rolls out ${var.name}: a pushed image becomes a revision of the task definition ${var.container.family}."
    QueryLanguage = "JSONata"
    StartAt       = "Start"
    # Deployments wait for one another and are watched to their end, for a day at most each. An execution may have 25,000
    # events, which is enough for both.
    TimeoutSeconds = 172800
    States         = merge(local.states, { for name, state in local.outcome_states : name => state if var.has_outcome }, jsondecode(var.deploy_states))
  })
  policy        = data.aws_iam_policy_document.this.json
  event_pattern = local.event_pattern
  topic_arn     = var.topic_arn
  boundary      = var.boundary
}

locals {
  # A build of several platforms pushes also what has no tag, and a moving tag names what its own tag has named already.
  event_pattern = jsonencode({
    source        = ["aws.ecr"]
    "detail-type" = ["ECR Image Action"]
    detail = {
      "action-type"     = ["PUSH"]
      result            = ["SUCCESS"]
      "repository-name" = [var.repository.name]
      "image-tag"       = [{ prefix = "git-" }]
    }
  })
}

data "aws_iam_policy_document" "this" {
  source_policy_documents = [var.deploy_policy]

  statement {
    sid       = "FindImages"
    actions   = ["ecr:DescribeImages"]
    resources = [var.repository.arn]
  }
  statement {
    sid       = "RememberTheImage"
    actions   = ["ssm:GetParameter", "ssm:PutParameter"]
    resources = [aws_ssm_parameter.image.arn]
  }
  statement {
    sid       = "ReadTheTemplate"
    actions   = ["ecs:DescribeTaskDefinition"]
    resources = ["*"] # this action has no resource type
  }
  statement {
    sid       = "RegisterRevisions"
    actions   = ["ecs:RegisterTaskDefinition"]
    resources = [local.revisions]
  }
  statement {
    sid       = "KeepTheTags"
    actions   = ["ecs:TagResource"]
    resources = [local.revisions]
    condition {
      test     = "StringEquals"
      variable = "ecs:CreateAction"
      values   = ["RegisterTaskDefinition"]
    }
  }
  statement {
    sid       = "PassTheRolesOfTheContainer"
    actions   = ["iam:PassRole"]
    resources = [var.container.execution_role_arn, var.container.task_role_arn]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}
