
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/pyspark-jobs/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "acme/pyspark-jobs", environment = "production" }
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
  name        = "production-pyspark-jobs-publish"
  github      = { repository = "acme/pyspark-jobs", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-pyspark-jobs" = { immutable = true } }
  files       = [{ bucket = "production-emr-jobs", prefix = "pkg/pyspark-jobs", delete = true }]
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "pyspark-jobs"
  environment = "production"
  reviewers   = ["team/data"]
  branches    = ["main"]
}
