# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 26324f11dbe5de42ed6e10f26cfa5ed25c78603d838cc269c636bf19e481b825

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/lambda-packages/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/lambda-packages", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source           = "../modules/platform"
  topic            = "development-deployments"
  artifacts_bucket = "development-artifacts"
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-lambda-packages-publish"
  github      = { repository = "digital-land/lambda-packages", environment = "development" }
  credentials = "oidc"
  packages    = [{ bucket = "development-artifacts", prefix = "lambda-packages" }]
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "lambda-packages"
  environment = "development"
  branches    = ["**/*"]
}

module "functions" {
  source = "../modules/functions"
  name   = "development-lambda-packages"
  bucket = "development-artifacts"
  prefix = "lambda-packages"
  packages = {
    exporter = {
      functions = [{ name = "development-csv-exporter" }, { name = "development-bulk-exporter" }]
    }
    notifier = {
      functions = [
        { name = "development-main-notifier" },
        { name = "development-data-notifier" },
        { name = "development-canary-notifier", optional = true },
      ]
    }
    redirect = {
      functions = [
        { name = "development-main-redirect" },
        { name = "development-guidance-redirect" },
      ]
    }
  }
  platform      = module.platform
  notifications = module.platform.notifications
}
