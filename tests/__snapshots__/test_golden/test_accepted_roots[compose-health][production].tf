
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/health/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "acme/health", environment = "production" }
  }
}

provider "github" {
  owner = "acme"
}

module "platform" {
  source = "../modules/platform"
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "production-health-publish"
  github      = { repository = "acme/health", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-health" = { immutable = true } }
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "health"
  environment = "production"
  branches    = ["main"]
}
