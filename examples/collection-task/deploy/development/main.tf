# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen f73e2dc222f81033087dbbd922030378796a417d33c00fa0e0c2ac70f26a1101

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/collection-task/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/collection-task", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source = "../modules/platform"
  topic  = "development-deployments"
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-collection-task-publish"
  github      = { repository = "digital-land/collection-task", environment = "development" }
  credentials = "oidc"
  images      = { "development-collection-task" = { immutable = true } }
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "collection-task"
  environment = "development"
  branches    = ["**/*"]
}

module "task" {
  source        = "../modules/task"
  name          = "development-collection-task"
  family        = "development-collection-task-task"
  container     = "development-collection-task"
  repository    = module.publishing.repositories["development-collection-task"]
  cpu           = 2048
  memory        = 8192
  platform      = module.platform
  notifications = module.platform.notifications
}
