# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 80af28ca47ea44e33c212b53ecb5ea63547e6f5fff8a5527dc9170ac74789480

# An application without a port: an ECS service that ECS itself replaces task by task, and puts back when new ones fail.

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
  }
}

data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
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
  variables    = var.variables
  secrets      = var.secrets
  repository   = var.repository
  boundary     = var.platform.boundary
}

# Made with the bootstrap task definition. From then on the rollout says which revision runs, and the autoscaling how
# often.
resource "aws_ecs_service" "this" {
  # checkov:skip=CKV_AWS_332:1.4.0 is the latest
  name             = var.name
  cluster          = var.platform.cluster.arn
  task_definition  = aws_ecs_task_definition.bootstrap.arn
  desired_count    = var.tasks.min
  launch_type      = "FARGATE"
  platform_version = "1.4.0"

  deployment_controller {
    type = "ECS"
  }
  # New tasks that keep failing end the deployment, and the revision before is back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = var.platform.subnet_ids
    security_groups = var.platform.security_group_ids
  }

  lifecycle {
    ignore_changes = [desired_count, task_definition]
  }
  # Tasks are started at once.
  depends_on = [module.container]
}

# What the service runs until the first image is rolled out.
resource "aws_ecs_task_definition" "bootstrap" {
  # checkov:skip=CKV_AWS_336:it only sleeps, until the first image is rolled out
  family                   = "${var.name}-bootstrap"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = module.container.execution_role_arn
  # A failed rollout may have to go back to it.
  skip_destroy = true

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  container_definitions = jsonencode([{
    name      = var.name
    image     = "public.ecr.aws/docker/library/busybox:stable"
    essential = true
    # A shell that only sleeps would not hear the signal to end.
    command = ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 5; done"]
  }])
}

# How many tasks there are. It also carries a changed minimum to the service, whose own count is ignored.
resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.platform.cluster.name}/${aws_ecs_service.this.name}"
  min_capacity       = var.tasks.min
  max_capacity       = var.tasks.max
}

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
