# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 8b7a25d03c4da0a98ef3c28f1a2479fe9612ca088ff5000adb6dde9b20ee594d

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/airflow-dags/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/airflow-dags", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}

variable "dags_s3_bucket" {
  description = "The bucket that the secret DAGS_S3_BUCKET names."
  type        = string
}

module "platform" {
  source = "../modules/platform"
}

module "publishing" {
  source = "../modules/publishing"
  name   = "staging-airflow-dags-publish"
  github = {
    repository  = "digital-land/airflow-dags"
    environment = "staging"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  files       = [{ bucket = var.dags_s3_bucket, prefix = "dags", delete = true }]
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "airflow-dags"
  environment = "staging"
  branches    = ["main"]
  secrets     = { "DAGS_S3_BUCKET" = var.dags_s3_bucket }
}
