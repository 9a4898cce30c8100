# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 5c239a33ec0f9003bc9ab55f1e350e4387637b6bb42dcb16ff14ea9656e262e1

# Every step of a deployment, told in the channel: one thread for each deployment.

resource "aws_cloudwatch_event_rule" "deployment" {
  count       = var.notifications == null ? 0 : 1
  name        = "${var.name}-deployment"
  description = "Tells of every deployment of ${var.name}"
  event_pattern = jsonencode({
    source        = ["aws.ecs"]
    "detail-type" = ["ECS Deployment State Change"]
    resources     = [aws_ecs_service.this.id]
  })
}

resource "aws_cloudwatch_event_target" "deployment" {
  count = var.notifications == null ? 0 : 1
  rule  = aws_cloudwatch_event_rule.deployment[0].name
  arn   = local.topic_arn

  input_transformer {
    input_paths = {
      deployment = "$.detail.deploymentId"
      event      = "$.detail.eventName"
      reason     = "$.detail.reason"
    }
    # The form that the chat service shows; it drops any other.
    input_template = replace(replace(jsonencode({
      version  = "1.0"
      source   = "custom"
      content  = { textType = "client-markdown", title = "${var.name}: <event>", description = "<reason>" }
      metadata = { threadId = "<deployment>", summary = "${var.name}: <event>" }
    }), "\\u003c", "<"), "\\u003e", ">")
  }
}
