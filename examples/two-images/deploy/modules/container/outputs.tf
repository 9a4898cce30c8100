# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 992897a3a949319c2fe29603820cdf17a1efa5990922e85dcc66eb173ff479bf

output "template_family" {
  description = "Family of the template."
  value       = aws_ecs_task_definition.template.family
}

output "family" {
  description = "Family of task definitions that is run."
  value       = var.family
}

output "container" {
  description = "Name of the container in the task definition."
  value       = var.container
}

output "execution_role_arn" {
  description = "Role that ECS uses to start the container."
  value       = aws_iam_role.execution.arn
}

output "task_role_arn" {
  description = "Role of the container itself."
  value       = aws_iam_role.task.arn
}

output "log_group" {
  description = "Log group of the container."
  value       = aws_cloudwatch_log_group.this.name
}
