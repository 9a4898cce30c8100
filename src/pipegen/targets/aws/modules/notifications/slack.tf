# What the topic is told is posted to a Slack channel. An administrator has let AWS into the workspace once, by hand.

# What a person in the channel can make AWS show: the graph of an alarm, and nothing else.
resource "aws_iam_role" "chat" {
  count = var.slack == null ? 0 : 1

  name                 = "${var.name}-chat"
  permissions_boundary = var.boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "chatbot.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "chat" {
  # checkov:skip=CKV_AWS_355:these actions read metrics, and a graph needs those of others
  count = var.slack == null ? 0 : 1

  name = "show-alarms"
  role = aws_iam_role.chat[0].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics"]
      Resource = "*" # metrics are no resources, and a graph needs those of others
    }]
  })
}

resource "aws_chatbot_slack_channel_configuration" "this" {
  count    = var.slack == null ? 0 : 1
  provider = aws.chat

  configuration_name = var.name
  slack_team_id      = var.slack.workspace
  slack_channel_id   = var.slack.channel
  iam_role_arn       = aws_iam_role.chat[0].arn
  sns_topic_arns     = [aws_sns_topic.this.arn]
  logging_level      = "ERROR"

  # Unless it is said, the most that can be done from the channel is everything.
  guardrail_policy_arns       = ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"]
  user_authorization_required = true
}
