# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen bceb23e682378546dffe3fdb8ef63c567024fafdffaa8874df9f6c661fc5fffd

output "state_machine_arn" {
  description = "State machine that rolls out an image."
  value       = module.rollout.arn
}

output "task_role_arn" {
  description = "Role of the application, to attach policies to."
  value       = module.container.task_role_arn
}

output "service" {
  description = "Name of the ECS service."
  value       = aws_ecs_service.this.name
}

output "log_group" {
  description = "Log group of the application."
  value       = module.container.log_group
}
