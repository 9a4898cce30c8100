# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 6a27715c62c357ddbaaabe120a82b85e612847995c418f0c539f97cc8ee5f92d

output "template_family" {
  description = "Family of the template."
  value       = aws_ecs_task_definition.template.family
}

output "template_arn" {
  description = "The template's newest revision."
  value       = aws_ecs_task_definition.template.arn
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
