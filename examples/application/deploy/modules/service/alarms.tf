# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 12349166a82b45c7963acc283903e7b1f5b15554bc809f8abb27e3dc25497705

# The alarms that stop a deployment and roll it back. Each looks at both target groups: either may be the live one.

locals {
  groups = aws_lb_target_group.this
  alarms = concat(
    [for alarm in aws_cloudwatch_metric_alarm.unhealthy : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.http_5xx : alarm.alarm_name],
    [for name in var.deployment.alarms : name if name != "http-5xx"],
  )
  alarm_actions = local.topic_arn == null ? [] : [local.topic_arn]
}

# A task that does not pass its health check. It has the grace of a starting task, and three minutes.
resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  for_each            = local.groups
  alarm_name          = "${var.name}-unhealthy-${each.key}"
  alarm_description   = "A task of ${var.name} does not answer at ${var.health_check.path}. A deployment that is under way is rolled back."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "UnHealthyHostCount"
  dimensions          = { LoadBalancer = var.platform.load_balancer.arn_suffix, TargetGroup = each.value.arn_suffix }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = ceil(var.health_check.grace / 60) + 3
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching" # a group without tasks reports nothing
  alarm_actions       = local.alarm_actions
}

# Ten errors a minute, in two minutes of three.
resource "aws_cloudwatch_metric_alarm" "http_5xx" {
  for_each            = { for key, group in local.groups : key => group if contains(var.deployment.alarms, "http-5xx") }
  alarm_name          = "${var.name}-http-5xx-${each.key}"
  alarm_description   = "${var.name} answers with errors. A deployment that is under way is rolled back."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = var.platform.load_balancer.arn_suffix, TargetGroup = each.value.arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 10
  treat_missing_data  = "notBreaching" # a group without requests reports nothing
  alarm_actions       = local.alarm_actions
}
