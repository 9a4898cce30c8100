# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 0c461d01a949c92f92fde1609b25ff7d1fcc48fe007b52e3723f677417cd655c

output "arn" {
  description = "ARN of the state machine."
  value       = aws_sfn_state_machine.this.arn
}

output "name" {
  description = "Name of the state machine."
  value       = aws_sfn_state_machine.this.name
}

output "rule_arn" {
  description = "EventBridge rule that starts the state machine."
  value       = aws_cloudwatch_event_rule.this.arn
}
