
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/tiler/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "acme/tiler", environment = "production" }
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
  name        = "production-tiler-publish"
  github      = { repository = "acme/tiler", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-tiler" = { immutable = true } }
  files = [
    { bucket = "production-styles", prefix = "tiles/tiler", delete = true },
    { bucket = var.fonts_bucket, prefix = "", delete = false },
  ]
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "tiler"
  environment = "production"
  branches    = ["main"]
  secrets     = { "FONTS_BUCKET" = var.fonts_bucket }
}

module "functions" {
  source = "../modules/functions"
  name   = "production-tiler"
  image = {
    repository = module.publishing.repositories["production-tiler"]
    functions = [
      { name = "production-tiler" },
      { name = "production-tiler-canary", optional = true },
    ]
  }
  platform = module.platform
}
