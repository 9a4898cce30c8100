# An application with a port. Its new tasks take over blue/green, and what CodeDeploy owns Terraform leaves alone.

mock_provider "aws" {
  source = "./mocks"
}

variables {
  name       = "staging-web"
  cpu        = 256
  memory     = 512
  port       = 8080
  secrets    = ["SESSION_KEY"]
  tasks      = { min = 2, max = 4 }
  domain     = { host = "web.example.gov.uk" }
  repository = { arn = "arn:aws:ecr:eu-west-2:123456789012:repository/staging-web", url = "registry.example/staging-web", name = "staging-web" }
  platform = {
    vpc_id             = "vpc-0"
    subnet_ids         = ["subnet-a", "subnet-b"]
    security_group_ids = ["sg-0"]
    cluster            = { name = "staging", arn = "arn:aws:ecs:eu-west-2:123456789012:cluster/staging" }
    load_balancer      = { arn_suffix = "app/staging/0", listener_arn = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:listener/app/staging/0/0" }
    boundary           = "arn:aws:iam::123456789012:policy/boundary"
  }
}

run "as_usual" {
  module {
    source = "./modules/service"
  }

  assert {
    condition     = aws_codedeploy_deployment_group.this.blue_green_deployment_config[0].terminate_blue_instances_on_deployment_success[0].action == "TERMINATE"
    error_message = "The old tasks must go when the new ones have passed."
  }
  assert {
    condition     = aws_codedeploy_deployment_group.this.blue_green_deployment_config[0].terminate_blue_instances_on_deployment_success[0].termination_wait_time_in_minutes == 5
    error_message = "The old tasks are kept five minutes."
  }
  assert {
    condition     = aws_codedeploy_deployment_group.this.auto_rollback_configuration[0].enabled && aws_codedeploy_deployment_group.this.auto_rollback_configuration[0].events == toset(["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"])
    error_message = "A deployment must be rolled back when it fails, on an alarm, and on request."
  }
  assert {
    condition     = aws_codedeploy_deployment_group.this.alarm_configuration[0].enabled && aws_codedeploy_deployment_group.this.alarm_configuration[0].alarms == toset(["staging-web-unhealthy-blue", "staging-web-unhealthy-green", "staging-web-http-5xx-blue", "staging-web-http-5xx-green"])
    error_message = "Every alarm that is made must be watched by deployments."
  }
  assert {
    condition     = aws_codedeploy_deployment_group.this.deployment_config_name == "CodeDeployDefault.ECSCanary10Percent5Minutes"
    error_message = "A tenth of the requests moves first."
  }
  assert {
    condition     = aws_codedeploy_deployment_group.this.deployment_style[0].deployment_type == "BLUE_GREEN" && aws_codedeploy_deployment_group.this.deployment_style[0].deployment_option == "WITH_TRAFFIC_CONTROL"
    error_message = "A deployment must be blue/green."
  }
  assert {
    condition     = aws_ecs_service.this.deployment_controller[0].type == "CODE_DEPLOY"
    error_message = "Nobody but CodeDeploy may replace the tasks."
  }
  assert {
    condition     = contains(data.aws_iam_policy_document.codedeploy_trust.statement[0].condition[*].variable, "aws:SourceArn") && contains(data.aws_iam_policy_document.codedeploy_trust.statement[0].condition[*].variable, "aws:SourceAccount")
    error_message = "CodeDeploy may be the role for this deployment group alone."
  }
  assert {
    condition     = alltrue([for role in [aws_iam_role.codedeploy] : role.permissions_boundary == var.platform.boundary])
    error_message = "The role must be bounded."
  }
  assert {
    condition     = toset([for group in aws_lb_target_group.this : "${group.health_check[0].path} ${group.health_check[0].matcher}"]) == toset(["/health 200-399"])
    error_message = "Both target groups must ask for the health of the application."
  }
}

# Another size, port and network: what ECS lets nobody change goes with the next deployment.
run "changed" {
  module {
    source = "./modules/service"
  }

  variables {
    port  = 9090
    tasks = { min = 3, max = 6 }
    platform = {
      vpc_id             = "vpc-0"
      subnet_ids         = ["subnet-c"]
      security_group_ids = ["sg-1"]
      cluster            = { name = "staging", arn = "arn:aws:ecs:eu-west-2:123456789012:cluster/staging" }
      load_balancer      = { arn_suffix = "app/staging/0", listener_arn = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:listener/app/staging/0/0" }
      boundary           = null
    }
  }

  assert {
    condition     = aws_ecs_service.this.desired_count == 2 && aws_appautoscaling_target.this.min_capacity == 3
    error_message = "The count is the autoscaling's."
  }
  assert {
    condition     = one(aws_ecs_service.this.load_balancer).container_port == 8080
    error_message = "The target group is CodeDeploy's."
  }
  assert {
    condition     = aws_ecs_service.this.network_configuration[0].subnets == toset(["subnet-a", "subnet-b"])
    error_message = "The network travels with a deployment."
  }
  assert {
    condition     = strcontains(local.appspec, "\"ContainerPort\":9090") && strcontains(local.appspec, "subnet-c")
    error_message = "The next deployment must carry the new port and network."
  }
}

run "kept_too_long" {
  command = plan
  module {
    source = "./modules/service"
  }

  variables {
    deployment = { keep_old = 1201 }
  }

  expect_failures = [var.deployment]
}
