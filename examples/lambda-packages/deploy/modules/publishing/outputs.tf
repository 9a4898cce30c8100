# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen a087c6a49708f4e13a3df30dfc8dd1f44a24af5e09c2d345ce7e4aec72319127

output "role_arn" {
  description = "The role that the environment's jobs assume; null where access keys are used."
  value       = one(aws_iam_role.publish[*].arn)
}

output "repositories" {
  description = "By name, the repositories of the account's own registry."
  value = {
    for name, repository in aws_ecr_repository.published :
    name => { arn = repository.arn, url = repository.repository_url, name = repository.name }
  }
}

output "access_key" {
  description = "The user's key, for the secrets of the GitHub environment; null where a role is assumed."
  value       = one([for key in aws_iam_access_key.publish : { id = key.id, secret = key.secret }])
  sensitive   = true
}
