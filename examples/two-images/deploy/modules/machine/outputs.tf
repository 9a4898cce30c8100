# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen eb2d1f35977466aa7c4b52b3b25295c92ab6a0f4c023b399ee6f0099c5fc59f5

output "arn" {
  description = "ARN of the state machine."
  value       = aws_sfn_state_machine.this.arn
}

output "name" {
  description = "Name of the state machine."
  value       = aws_sfn_state_machine.this.name
}

output "role_arn" {
  description = "Role of the state machine."
  value       = aws_iam_role.this.arn
}

output "rule_arn" {
  description = "EventBridge rule that starts the state machine."
  value       = aws_cloudwatch_event_rule.this.arn
}
