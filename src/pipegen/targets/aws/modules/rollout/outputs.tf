output "arn" {
  description = "ARN of the state machine."
  value       = module.machine.arn
}

output "name" {
  description = "Name of the state machine."
  value       = module.machine.name
}

output "rule_arn" {
  description = "EventBridge rule that starts the state machine."
  value       = module.machine.rule_arn
}
