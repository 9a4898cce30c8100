# A state machine: what starts it, who it is, and that somebody hears of its failures.

mock_provider "aws" {
  source = "./mocks"
}

variables {
  name          = "staging-web"
  description   = "Rolls out staging-web"
  definition    = "{\"StartAt\": \"End\", \"States\": {\"End\": {\"Type\": \"Succeed\"}}}"
  policy        = "{}"
  event_pattern = "{\"source\": [\"aws.ecr\"]}"
  topic_arn     = "arn:aws:sns:eu-west-2:123456789012:deployments"
  boundary      = "arn:aws:iam::123456789012:policy/boundary"
}

run "as_usual" {
  module {
    source = "./modules/machine"
  }

  assert {
    condition     = toset([for alarm in aws_cloudwatch_metric_alarm.execution : alarm.metric_name]) == toset(["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"])
    error_message = "Every way to fail has an alarm."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.execution) : alarm.alarm_actions == toset([var.topic_arn])]) && aws_cloudwatch_metric_alarm.undelivered.alarm_actions == toset([var.topic_arn])
    error_message = "Somebody must hear of every alarm."
  }
  assert {
    condition     = aws_scheduler_schedule.reconcile[0].schedule_expression == "rate(1 hour)"
    error_message = "A lost event is made up for within the hour."
  }
  assert {
    condition     = one(aws_cloudwatch_event_target.this.dead_letter_config).arn == aws_sqs_queue.undelivered.arn
    error_message = "What cannot start the machine is kept."
  }
  assert {
    condition     = one(data.aws_iam_policy_document.start.statement[0].actions) == "states:StartExecution" && one(data.aws_iam_policy_document.start.statement[0].resources) == aws_sfn_state_machine.this.arn
    error_message = "Whoever starts this machine starts no other."
  }
  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.start_trust.statement : contains(statement.condition[*].variable, "aws:SourceArn")])
    error_message = "The rule and the schedule may be the role for themselves alone."
  }
  assert {
    condition     = aws_sfn_state_machine.this.logging_configuration[0].level == "ERROR"
    error_message = "Errors are logged."
  }
  assert {
    condition     = aws_iam_role.this.permissions_boundary == var.boundary && aws_iam_role.start.permissions_boundary == var.boundary
    error_message = "Both roles must be bounded."
  }
}
