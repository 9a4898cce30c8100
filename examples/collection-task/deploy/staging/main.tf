# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen efe022dd77c71e879428e32ef1d959d7094fcd542c4ed6fe41da6e310cc0e575

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/collection-task/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/collection-task", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source = "../modules/platform"
  topic  = "staging-deployments"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "staging-collection-task-publish"
  github = {
    repository  = "digital-land/collection-task"
    environment = "staging"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  images      = { "staging-collection-task" = { immutable = true } }
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "collection-task"
  environment = "staging"
  branches    = ["main"]
}

module "task" {
  source        = "../modules/task"
  name          = "staging-collection-task"
  family        = "staging-collection-task-task"
  container     = "staging-collection-task"
  repository    = module.publishing.repositories["staging-collection-task"]
  cpu           = 2048
  memory        = 8192
  platform      = module.platform
  notifications = module.platform.notifications
}
