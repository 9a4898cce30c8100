output "arn" {
  description = "ARN of the state machine."
  value       = module.machine.arn
}

output "name" {
  description = "Name of the state machine."
  value       = module.machine.name
}

output "role_arn" {
  description = "Role of the state machine."
  value       = module.machine.role_arn
}

output "rule_arn" {
  description = "EventBridge rule that starts the state machine."
  value       = module.machine.rule_arn
}

output "parameter_arn" {
  description = "Parameter that holds what was rolled out last."
  value       = aws_ssm_parameter.image.arn
}
