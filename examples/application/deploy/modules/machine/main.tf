# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 8f8301bae9177f6ecd627ec5afc694f296eef274b1e1c4d9724dff7833a691de

# A Step Functions state machine that carries out what was published.

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
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id

  machine = "${var.name}-rollout"
  # Written out and not taken from the resources, which need the roles that name them.
  machine_arn = "arn:${local.partition}:states:${local.region}:${local.account}:stateMachine:${local.machine}"
  rule_arn    = "arn:${local.partition}:events:${local.region}:${local.account}:rule/${var.name}-published"
}

resource "aws_sfn_state_machine" "this" {
  # checkov:skip=CKV_AWS_284:the history of an execution has every step, and what it calls traces nothing
  name     = local.machine
  role_arn = aws_iam_role.this.arn
  # jsonencode writes < > & as escapes, which nobody could read in the console.
  definition = replace(replace(replace(var.definition, "\\u003c", "<"), "\\u003e", ">"), "\\u0026", "&")

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.this.arn}:*"
    level                  = "ERROR"
    include_execution_data = true
  }

  # AWS refuses a machine that may not write to its log group.
  depends_on = [aws_iam_role_policy.this]
}

# Errors of the machine. Log groups with this prefix need no policy of their own.
resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_158:encrypted with the key that AWS keeps for logs, which costs nothing and cannot be lost
  name              = "/aws/vendedlogs/states/${local.machine}"
  retention_in_days = 365
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.machine_arn]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = local.machine
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.boundary
}

data "aws_iam_policy_document" "this" {
  source_policy_documents = [var.policy]

  statement {
    sid = "WriteLogs"
    actions = [
      "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
    ]
    resources = ["*"] # AWS asks for it: these actions have no resource type
  }
}

resource "aws_iam_role_policy" "this" {
  name   = "rollout"
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.this.json
}
