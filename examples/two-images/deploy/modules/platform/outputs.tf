# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 4469b625d032ecd4b1028089c902dfabd7a46fdf1377ced92d51308f86d237ec

output "vpc_id" {
  description = "The network; null where none is named."
  value       = local.vpc_id
}

output "subnet_ids" {
  description = "The subnets, in the order of their names in the manifest."
  value       = [for name in var.subnets : one(data.aws_subnets.named[name].ids)]
}

output "security_group_ids" {
  description = "The security groups, in the order of their names in the manifest."
  value       = [for name in var.security_groups : one(data.aws_security_groups.named[name].ids)]
}

output "cluster" {
  description = "The cluster: name and arn; null where none is named."
  value       = one([for found in data.aws_ecs_cluster.named : { name = found.cluster_name, arn = found.arn }])
}

output "load_balancer" {
  description = "The load balancer and its listener for HTTPS; null where none is named."
  value = one([for index, found in data.aws_lb.named : {
    arn          = found.arn
    arn_suffix   = found.arn_suffix
    listener_arn = data.aws_lb_listener.https[index].arn
  }])
}

output "boundary" {
  description = "ARN of the policy that bounds roles; null where none is named."
  value       = one([for found in data.aws_iam_policy.boundary : found.arn])
}

output "artifacts_bucket" {
  description = "The bucket of packages: name and arn; null where none is named."
  value       = one([for found in data.aws_s3_bucket.artifacts : { name = found.bucket, arn = found.arn }])
}

output "notifications" {
  description = "The topic that is told of deployments; null where none is named."
  value       = one([for found in data.aws_sns_topic.told : { topic_arn = found.arn }])
}
