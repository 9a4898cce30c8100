# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ec5a4b9ba107aba9a7b256972980b294f5408d64c4101d6868773e384a496f98

output "topic_arn" {
  description = "The topic."
  value       = aws_sns_topic.this.arn
}
