# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 0620dc16a96118e7898e86c166a0ee36a61c9b5d37e3defc408522c6afb4971c

# What starts the machine: the event of something published, and a schedule for the events that AWS loses.

resource "aws_cloudwatch_event_rule" "this" {
  name          = "${var.name}-published"
  description   = var.description
  event_pattern = var.event_pattern
}

resource "aws_cloudwatch_event_target" "this" {
  rule     = aws_cloudwatch_event_rule.this.name
  arn      = aws_sfn_state_machine.this.arn
  role_arn = aws_iam_role.start.arn

  # After an hour the schedule has done what the event would have.
  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 20
  }
  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

# Events are delivered at best effort, and a changed template makes none. So the machine looks for itself every hour.
resource "aws_scheduler_schedule" "reconcile" {
  # checkov:skip=CKV_AWS_297:its input is a constant and no secret
  count               = var.reconcile ? 1 : 0
  name                = "${var.name}-reconcile"
  description         = "${var.description} where an event was lost"
  schedule_expression = "rate(1 hour)"

  # Not all machines of the account in the same second.
  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }
  target {
    arn      = aws_sfn_state_machine.this.arn
    role_arn = aws_iam_role.start.arn
    input    = jsonencode({ reconcile = true })
    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 20
    }
    dead_letter_config {
      arn = aws_sqs_queue.undelivered.arn
    }
  }
}

# Keeps what could not start the machine. An alarm watches it.
resource "aws_sqs_queue" "undelivered" {
  name                      = "${local.machine}-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

data "aws_iam_policy_document" "undelivered" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.undelivered.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.this.arn]
    }
  }
}

# EventBridge puts what it could not deliver into the queue under its own name; the scheduler uses the role.
resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.url
  policy    = data.aws_iam_policy_document.undelivered.json
}

data "aws_iam_policy_document" "start_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.rule_arn]
    }
  }
  dynamic "statement" {
    for_each = var.reconcile ? [1] : []
    content {
      actions = ["sts:AssumeRole"]
      principals {
        type        = "Service"
        identifiers = ["scheduler.amazonaws.com"]
      }
      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account]
      }
      # The scheduler names the group of a schedule, never the schedule.
      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = ["arn:${local.partition}:scheduler:${local.region}:${local.account}:schedule-group/default"]
      }
    }
  }
}

resource "aws_iam_role" "start" {
  name                 = "${var.name}-start"
  assume_role_policy   = data.aws_iam_policy_document.start_trust.json
  permissions_boundary = var.boundary
}

data "aws_iam_policy_document" "start" {
  statement {
    sid       = "StartTheMachine"
    actions   = ["states:StartExecution"]
    resources = [aws_sfn_state_machine.this.arn]
  }
  dynamic "statement" {
    for_each = var.reconcile ? [1] : []
    content {
      sid       = "KeepUndelivered"
      actions   = ["sqs:SendMessage"]
      resources = [aws_sqs_queue.undelivered.arn]
    }
  }
}

resource "aws_iam_role_policy" "start" {
  name   = "start"
  role   = aws_iam_role.start.name
  policy = data.aws_iam_policy_document.start.json
}
