# An application with a port: an ECS service behind the organisation's load balancer, deployed blue/green by CodeDeploy.

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
  topic_arn = one(var.notifications[*].topic_arn)
}

module "container" {
  source       = "../container"
  name         = var.name
  family       = var.name
  container    = var.name
  cpu          = var.cpu
  memory       = var.memory
  architecture = var.architecture
  command      = var.command
  port         = var.port
  variables    = var.variables
  secrets      = var.secrets
  repository   = var.repository
  boundary     = var.platform.boundary
}

# Made once, with the bootstrap task definition. From then on CodeDeploy owns what runs, behind which target group, and
# the autoscaling owns how often: ECS refuses an update of the ignored arguments, which come with the next deployment.
resource "aws_ecs_service" "this" {
  # checkov:skip=CKV_AWS_332:1.4.0 is the latest, and named because deployments must name the same
  name                              = var.name
  cluster                           = var.platform.cluster.arn
  task_definition                   = aws_ecs_task_definition.bootstrap.arn
  desired_count                     = var.tasks.min
  launch_type                       = "FARGATE"
  platform_version                  = local.platform_version
  health_check_grace_period_seconds = var.health_check.grace

  deployment_controller {
    type = "CODE_DEPLOY"
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.this["blue"].arn
    container_name   = var.name
    container_port   = var.port
  }
  network_configuration {
    subnets         = var.platform.subnet_ids
    security_groups = var.platform.security_group_ids
  }

  lifecycle {
    ignore_changes = [desired_count, load_balancer, network_configuration, platform_version, task_definition]
  }
  # ECS takes a target group only when a load balancer uses it, and starts tasks at once.
  depends_on = [aws_lb_listener_rule.this, module.container]
}

# How many tasks there are. It also carries a changed minimum to the service, whose own count is ignored.
resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.platform.cluster.name}/${aws_ecs_service.this.name}"
  min_capacity       = var.tasks.min
  max_capacity       = var.tasks.max
}

# By CPU: requests for each target cannot be used with two target groups.
resource "aws_appautoscaling_policy" "cpu" {
  count              = var.tasks.max > var.tasks.min ? 1 : 0
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = var.tasks.cpu_target
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
