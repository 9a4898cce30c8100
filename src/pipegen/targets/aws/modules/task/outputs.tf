output "state_machine_arn" {
  description = "State machine that makes an image the one of the next run."
  value       = module.rollout.arn
}

output "family" {
  description = "Family of task definitions, to run without a revision."
  value       = module.container.family
}

output "task_role_arn" {
  description = "Role of the task, to attach policies to."
  value       = module.container.task_role_arn
}

output "execution_role_arn" {
  description = "Role that starts the task: whoever runs the task must be allowed to pass both."
  value       = module.container.execution_role_arn
}

output "log_group" {
  description = "Log group of the task."
  value       = module.container.log_group
}
