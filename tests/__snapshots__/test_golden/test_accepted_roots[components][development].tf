
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/several/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "acme/several", environment = "development" }
  }
}

provider "github" {
  owner = "acme"
}

module "platform" {
  source = "../modules/platform"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "development-several-publish"
  github = {
    repository    = "acme/several"
    repository_id = 12345
    owner_id      = 678
    environment   = "development"
  }
  credentials = "oidc"
  images = {
    "development-several-api"       = { immutable = true }
    "development-several-processor" = { immutable = true }
    "development-several-tables"    = { immutable = true }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "several"
  environment = "development"
  branches    = ["**/*"]
}
