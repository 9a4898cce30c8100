# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen a6105ac18ea492f741022a9e08c7fa3419cdedb0e8f52df33e72efd9bbdedf01

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/collection-task/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/collection-task", environment = "production" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source = "../modules/platform"
  topic  = "production-deployments"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "production-collection-task-publish"
  github = {
    repository  = "digital-land/collection-task"
    environment = "production"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  images      = { "production-collection-task" = { immutable = true } }
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "collection-task"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}

module "task" {
  source        = "../modules/task"
  name          = "production-collection-task"
  family        = "production-collection-task-task"
  container     = "production-collection-task"
  repository    = module.publishing.repositories["production-collection-task"]
  cpu           = 2048
  memory        = 8192
  platform      = module.platform
  notifications = module.platform.notifications
}
