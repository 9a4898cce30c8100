# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen a54c2331c1516e9e56f57acf2175b494fa58d8f9d83d9d1d9dec9300297c63a2

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
