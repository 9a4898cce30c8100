
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/tiler/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "acme/tiler", environment = "development" }
  }
}

provider "github" {
  owner = "acme"
}

variable "fonts_bucket" {
  description = "The bucket that the secret FONTS_BUCKET names."
  type        = string
}

module "platform" {
  source = "../modules/platform"
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-tiler-publish"
  github      = { repository = "acme/tiler", environment = "development" }
  credentials = "access-keys"
  images      = { "development-tiler" = { immutable = true } }
  files = [
    { bucket = "development-styles", prefix = "tiles/tiler", delete = true },
    { bucket = var.fonts_bucket, prefix = "", delete = false },
  ]
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "tiler"
  environment = "development"
  branches    = ["**/*"]
  secrets = {
    "FONTS_BUCKET"                 = var.fonts_bucket
    "DEPLOY_AWS_ACCESS_KEY_ID"     = module.publishing.access_key.id
    "DEPLOY_AWS_SECRET_ACCESS_KEY" = module.publishing.access_key.secret
  }
}

module "functions" {
  source = "../modules/functions"
  name   = "development-tiler"
  image = {
    repository = module.publishing.repositories["development-tiler"]
    functions = [
      { name = "development-tiler" },
      { name = "development-tiler-canary", optional = true },
    ]
  }
  platform = module.platform
}
