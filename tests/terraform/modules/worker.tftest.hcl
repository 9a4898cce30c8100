# An application without a port. ECS replaces its tasks, and goes back when the new ones fail.

mock_provider "aws" {
  source = "./mocks"
}

variables {
  name       = "staging-queue"
  cpu        = 256
  memory     = 512
  tasks      = { min = 2, max = 2 }
  repository = { arn = "arn:aws:ecr:eu-west-2:123456789012:repository/staging-queue", url = "registry.example/staging-queue", name = "staging-queue" }
  platform = {
    subnet_ids         = ["subnet-a"]
    security_group_ids = ["sg-0"]
    cluster            = { name = "staging", arn = "arn:aws:ecs:eu-west-2:123456789012:cluster/staging" }
    boundary           = null
  }
}

run "as_usual" {
  module {
    source = "./modules/worker"
  }

  assert {
    condition     = aws_ecs_service.this.deployment_controller[0].type == "ECS"
    error_message = "ECS itself replaces the tasks of a worker."
  }
  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "New tasks that keep failing must end the deployment and bring the old ones back."
  }
  assert {
    condition     = length(aws_ecs_service.this.load_balancer) == 0
    error_message = "A worker has no load balancer."
  }
  assert {
    condition     = length(aws_appautoscaling_policy.cpu) == 0
    error_message = "Where the count cannot vary nothing varies it."
  }
}

run "changed" {
  module {
    source = "./modules/worker"
  }

  variables {
    tasks = { min = 3, max = 6 }
  }

  assert {
    condition     = aws_ecs_service.this.desired_count == 2 && aws_appautoscaling_target.this.min_capacity == 3
    error_message = "The count is the autoscaling's."
  }
  assert {
    condition     = aws_appautoscaling_policy.cpu[0].target_tracking_scaling_policy_configuration[0].target_value == 60
    error_message = "The count follows the use of the processors."
  }
}
