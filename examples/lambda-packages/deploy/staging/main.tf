# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen b354aed9b41967fe4bbcf02e59ced84650041ff7285ecbe0ca420d15a10e4c2f

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/lambda-packages/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/lambda-packages", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}

module "platform" {
  source           = "../modules/platform"
  topic            = "staging-deployments"
  artifacts_bucket = "staging-artifacts"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "staging-lambda-packages-publish"
  github = {
    repository  = "digital-land/lambda-packages"
    environment = "staging"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  packages    = [{ bucket = "staging-artifacts", prefix = "lambda-packages" }]
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "lambda-packages"
  environment = "staging"
  branches    = ["main"]
}

module "functions" {
  source = "../modules/functions"
  name   = "staging-lambda-packages"
  bucket = "staging-artifacts"
  prefix = "lambda-packages"
  packages = {
    exporter = {
      functions = [{ name = "staging-csv-exporter" }, { name = "staging-bulk-exporter" }]
    }
    notifier = {
      functions = [
        { name = "staging-main-notifier" },
        { name = "staging-data-notifier" },
        { name = "staging-canary-notifier", optional = true },
      ]
    }
    redirect = {
      functions = [{ name = "staging-main-redirect" }, { name = "staging-guidance-redirect" }]
    }
  }
  platform      = module.platform
  notifications = module.platform.notifications
}
