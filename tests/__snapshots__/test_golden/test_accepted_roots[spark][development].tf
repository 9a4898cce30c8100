
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/pyspark-jobs/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "acme/pyspark-jobs", environment = "development" }
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
  name        = "development-pyspark-jobs-publish"
  github      = { repository = "acme/pyspark-jobs", environment = "development" }
  credentials = "oidc"
  images      = { "development-pyspark-jobs" = { immutable = true } }
  files       = [{ bucket = "development-emr-jobs", prefix = "pkg/pyspark-jobs", delete = true }]
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "pyspark-jobs"
  environment = "development"
  branches    = ["**/*"]
}
