# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ee04f4da555e41e5cf47dcf8100ea7bdf15b5f72519036396d00daadbff65170

# What a container needs to run on Fargate: its logs, its two roles, its secrets, and the template of its task definition.

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

# What the container prints.
resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_158:encrypted with the key that AWS keeps for logs, which costs nothing and cannot be lost
  name              = "/ecs/${var.name}"
  retention_in_days = 365
}

# One entry for each secret, empty: values are put in by hand, so that none is in Terraform's state. ECS starts no task
# while one of them has no value.
resource "aws_secretsmanager_secret" "this" {
  # checkov:skip=CKV_AWS_149:encrypted with the key that AWS keeps for secrets, which no other account can use
  # checkov:skip=CKV2_AWS_57:only whoever issued a value can make another
  for_each    = toset(var.secrets)
  name        = "${var.name}/${each.key}"
  description = "Given to ${var.container} as ${each.key}"
}

# The shape of the task definition, which Terraform owns. The image belongs to AWS: a rollout registers a copy under the
# family `var.family` with the image that was published. So a plan shows nothing after a deployment, and whoever runs the
# family without a revision never gets this placeholder.
resource "aws_ecs_task_definition" "template" {
  family                   = "${var.family}-template"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  container_definitions = jsonencode([merge(
    {
      name         = var.container
      image        = "${var.repository.url}:unpublished"
      essential    = true
      environment  = [for key, value in var.variables : { name = key, value = value }]
      secrets      = [for key in var.secrets : { name = key, valueFrom = aws_secretsmanager_secret.this[key].arn }]
      portMappings = [for port in var.port[*] : { containerPort = port, hostPort = port, protocol = "tcp" }]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.this.name
          "awslogs-region"        = data.aws_region.current.name
          "awslogs-stream-prefix" = var.container
          # A container goes on working when CloudWatch takes no logs.
          "mode"            = "non-blocking"
          "max-buffer-size" = "25m"
        }
      }
    },
    var.command == null ? {} : { command = var.command },
  )])
}
