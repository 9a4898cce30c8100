# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 064e521097446530002decad72ad3df95aa989d5f08a9ecbb5fd511928881d12

# How CodeDeploy replaces the tasks, and when it puts the old ones back.

resource "aws_codedeploy_app" "this" {
  name             = var.name
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "this" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = var.name
  service_role_arn       = aws_iam_role.codedeploy.arn
  deployment_config_name = var.deployment.traffic

  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }
  ecs_service {
    cluster_name = var.platform.cluster.name
    service_name = aws_ecs_service.this.name
  }
  load_balancer_info {
    target_group_pair_info {
      # CodeDeploy changes the rules of this listener that forward to the two groups, and no other.
      prod_traffic_route {
        listener_arns = [var.platform.load_balancer.listener_arn]
      }
      target_group {
        name = aws_lb_target_group.this["blue"].name
      }
      target_group {
        name = aws_lb_target_group.this["green"].name
      }
    }
  }
  blue_green_deployment_config {
    deployment_ready_option {
      action_on_timeout = "CONTINUE_DEPLOYMENT"
    }
    # The alarms are watched until the old tasks are gone.
    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = var.deployment.keep_old
    }
  }
  alarm_configuration {
    enabled = true
    alarms  = local.alarms
  }
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
  }

  depends_on = [aws_iam_role_policy.codedeploy]
}

data "aws_iam_policy_document" "codedeploy_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["codedeploy.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:codedeploy:${local.region}:${local.account}:deploymentgroup:${var.name}/${var.name}"]
    }
  }
}

# Instead of AWS's own policy for CodeDeploy, which may pass any role and read any object.
resource "aws_iam_role" "codedeploy" {
  name                 = "${var.name}-codedeploy"
  assume_role_policy   = data.aws_iam_policy_document.codedeploy_trust.json
  permissions_boundary = var.platform.boundary
}

data "aws_iam_policy_document" "codedeploy" {
  # checkov:skip=CKV_AWS_356:it lets CodeDeploy look at alarms, which works with nothing less
  statement {
    sid     = "ReplaceTheTasks"
    actions = ["ecs:CreateTaskSet", "ecs:DeleteTaskSet", "ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"]
    resources = [
      aws_ecs_service.this.id,
      "arn:${local.partition}:ecs:${local.region}:${local.account}:task-set/${var.platform.cluster.name}/${var.name}/*",
    ]
  }
  statement {
    sid     = "MoveTheTraffic"
    actions = ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule"]
    resources = [
      var.platform.load_balancer.listener_arn,
      aws_lb_listener_rule.this.arn,
    ]
  }
  statement {
    sid = "SeeTrafficAndAlarms"
    actions = [
      "cloudwatch:DescribeAlarms",
      "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTargetGroups",
    ]
    resources = ["*"] # the load balancer's actions have no resource type; DescribeAlarms works with nothing less
  }
  statement {
    sid       = "PassTheRolesOfTheContainer"
    actions   = ["iam:PassRole"]
    resources = [module.container.execution_role_arn, module.container.task_role_arn]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "codedeploy" {
  name   = "deploy"
  role   = aws_iam_role.codedeploy.name
  policy = data.aws_iam_policy_document.codedeploy.json
}
