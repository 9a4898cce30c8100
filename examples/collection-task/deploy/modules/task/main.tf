# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 78661a09d5e0c75807f167300520dbfa4021cf773221282385a691c80921c675

# A data task that runs as a container: every published image makes a new revision of its task definition, and of others
# that use the image. Whoever runs the task names the family without a revision, and so gets the newest. Nothing is run here.

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

module "container" {
  source       = "../container"
  name         = var.name
  family       = var.family
  container    = coalesce(var.container, var.name)
  cpu          = var.cpu
  memory       = var.memory
  architecture = var.architecture
  command      = var.command
  variables    = var.variables
  secrets      = var.secrets
  repository   = var.repository
  boundary     = var.platform.boundary
}

module "rollout" {
  source        = "../rollout"
  name          = var.name
  repository    = var.repository
  container     = module.container
  deploy_states = jsonencode(local.states)
  deploy_policy = data.aws_iam_policy_document.families.json
  topic_arn     = one(var.notifications[*].topic_arn)
  boundary      = var.platform.boundary
}
