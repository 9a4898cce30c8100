
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/tiler/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "acme/tiler", environment = "staging" }
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
  name        = "staging-tiler-publish"
  github      = { repository = "acme/tiler", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "staging-tiler" = { immutable = true } }
  files = [
    { bucket = "staging-styles", prefix = "tiles/tiler", delete = true },
    { bucket = var.fonts_bucket, prefix = "", delete = false },
  ]
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "tiler"
  environment = "staging"
  branches    = ["main"]
  secrets     = { "FONTS_BUCKET" = var.fonts_bucket }
}

module "functions" {
  source = "../modules/functions"
  name   = "staging-tiler"
  image = {
    repository = module.publishing.repositories["staging-tiler"]
    functions  = [{ name = "staging-tiler" }, { name = "staging-tiler-canary", optional = true }]
  }
  platform = module.platform
}
