# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen c9a1e943dad53496e75dfdcdaae4eba99b59844e2a1356b7766377ed3f8e9220

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/airflow-dags/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/airflow-dags", environment = "production" }
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
  name   = "production-airflow-dags-publish"
  github = {
    repository  = "digital-land/airflow-dags"
    environment = "production"
    ref         = "refs/heads/main"
  }
  credentials = "oidc"
  files       = [{ bucket = var.dags_s3_bucket, prefix = "dags", delete = true }]
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "airflow-dags"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
  secrets     = { "DAGS_S3_BUCKET" = var.dags_s3_bucket }
}
