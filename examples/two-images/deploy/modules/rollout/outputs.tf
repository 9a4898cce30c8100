# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 413028b27c6b13b6360a463de173afeb08d951a5ab6c90e643856d18395e5be8

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
