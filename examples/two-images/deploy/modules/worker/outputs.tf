# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen df243707e42f141ae342ff2e6ce0b2f8938490f4ea06516d53ffb928fecceb92

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
