# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 3db3f73c4f9f70253679c35eb49f4a0e1be35bb7dc8ed1ad0c9cf14282ef34c8

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/lambda-packages/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/lambda-packages", environment = "production" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source           = "../modules/platform"
  topic            = "production-deployments"
  artifacts_bucket = "production-artifacts"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "production-lambda-packages-publish"
  github = {
    repository  = "digital-land/lambda-packages"
    environment = "production"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  packages    = [{ bucket = "production-artifacts", prefix = "lambda-packages" }]
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "lambda-packages"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}

module "functions" {
  source = "../modules/functions"
  name   = "production-lambda-packages"
  bucket = "production-artifacts"
  prefix = "lambda-packages"
  packages = {
    exporter = {
      functions = [{ name = "production-csv-exporter" }, { name = "production-bulk-exporter" }]
    }
    notifier = {
      functions = [
        { name = "production-main-notifier" },
        { name = "production-data-notifier" },
        { name = "production-canary-notifier", optional = true },
      ]
    }
    redirect = {
      functions = [{ name = "production-main-redirect" }, { name = "production-guidance-redirect" }]
    }
  }
  platform      = module.platform
  notifications = module.platform.notifications
}
