
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/several/sandbox.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "acme/several", environment = "sandbox" }
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
  name   = "sandbox-several-publish"
  github = {
    repository    = "acme/several"
    repository_id = 12345
    owner_id      = 678
    environment   = "sandbox"
  }
  credentials = "access-keys"
  images = {
    "sandbox-several-api"       = { immutable = true }
    "sandbox-several-processor" = { immutable = true }
    "sandbox-several-tables"    = { immutable = true }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "several"
  environment = "sandbox"
  branches    = ["**/*"]
  secrets = {
    "DEPLOY_AWS_ACCESS_KEY_ID"     = module.publishing.access_key.id
    "DEPLOY_AWS_SECRET_ACCESS_KEY" = module.publishing.access_key.secret
  }
}
