# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 6fe911d520b12e1353e9dce1021f48217346e68583fde565fff3402474a07e84

# A machine that fails says so in the channel: nobody watches it.

resource "aws_cloudwatch_metric_alarm" "execution" {
  for_each            = { failed = "ExecutionsFailed", timed-out = "ExecutionsTimedOut", aborted = "ExecutionsAborted" }
  alarm_name          = "${local.machine}-${each.key}"
  alarm_description   = "${var.description}: an execution of ${local.machine} ${replace(each.key, "-", " ")}. Its history has the state and the reason."
  namespace           = "AWS/States"
  metric_name         = each.value
  dimensions          = { StateMachineArn = aws_sfn_state_machine.this.arn }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "undelivered" {
  alarm_name          = "${local.machine}-undelivered"
  alarm_description   = "${var.description}: ${local.machine} could not be started. What should have started it is in the queue of this name."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.undelivered.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
}

locals {
  alarm_actions = var.topic_arn == null ? [] : [var.topic_arn]
}
