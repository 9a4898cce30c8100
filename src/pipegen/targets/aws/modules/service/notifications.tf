# Every step of a deployment, told in the channel: one thread for each deployment.

resource "aws_cloudwatch_event_rule" "deployment" {
  count       = var.notifications == null ? 0 : 1
  name        = "${var.name}-deployment"
  description = "Tells of every deployment of ${var.name}"
  event_pattern = jsonencode({
    source        = ["aws.codedeploy"]
    "detail-type" = ["CodeDeploy Deployment State-change Notification"]
    detail = {
      application     = [aws_codedeploy_app.this.name]
      deploymentGroup = [aws_codedeploy_deployment_group.this.deployment_group_name]
    }
  })
}

resource "aws_cloudwatch_event_target" "deployment" {
  count = var.notifications == null ? 0 : 1
  rule  = aws_cloudwatch_event_rule.deployment[0].name
  arn   = local.topic_arn

  input_transformer {
    input_paths = {
      deployment = "$.detail.deploymentId"
      region     = "$.region"
      state      = "$.detail.state"
    }
    # The form that the chat service shows; it drops any other.
    input_template = replace(replace(jsonencode({
      version = "1.0"
      source  = "custom"
      content = {
        textType    = "client-markdown"
        title       = "${var.name}: <state>"
        description = "https://<region>.console.aws.amazon.com/codesuite/codedeploy/deployments/<deployment>"
      }
      metadata = { threadId = "<deployment>", summary = "${var.name}: <state>" }
    }), "\\u003c", "<"), "\\u003e", ">")
  }
}
