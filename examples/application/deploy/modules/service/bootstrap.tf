# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 9ca6bc1a5441c4155c849c290966a5b34366ac30b7b279b821135f8fd243ccff

# What the service runs until the first image is deployed. CodeDeploy replaces running tasks, so there must be some, and
# they must be healthy on the port and at the path of the application.

locals {
  health_page = split("?", var.health_check.path)[0]
}

resource "aws_ecs_task_definition" "bootstrap" {
  family                   = "${var.name}-bootstrap"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = module.container.execution_role_arn
  # A deployment may have to roll back to it.
  skip_destroy = true

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  container_definitions = jsonencode([{
    name      = var.name
    image     = "public.ecr.aws/docker/library/busybox:stable"
    essential = true
    # The path is data: it reaches the shell as a variable.
    command = ["sh", "-c", "mkdir -p \"$(dirname \"/www$PAGE\")\" && echo 'Nothing is deployed yet.' > \"/www$PAGE\" && exec httpd -f -p \"$PORT\" -h /www"]
    environment = [
      { name = "PAGE", value = endswith(local.health_page, "/") ? "${local.health_page}index.html" : local.health_page },
      { name = "PORT", value = tostring(var.port) },
    ]
    portMappings = [{ containerPort = var.port, hostPort = var.port, protocol = "tcp" }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = module.container.log_group
        "awslogs-region"        = local.region
        "awslogs-stream-prefix" = "bootstrap"
      }
    }
  }])
}
