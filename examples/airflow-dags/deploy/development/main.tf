# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 0d432c916ceb11b180339e3bb46a0b5b9f43850ffb9ebc376b39c4721d389b94

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/airflow-dags/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/airflow-dags", environment = "development" }
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
  source      = "../modules/publishing"
  name        = "development-airflow-dags-publish"
  github      = { repository = "digital-land/airflow-dags", environment = "development" }
  credentials = "oidc"
  files       = [{ bucket = var.dags_s3_bucket, prefix = "dags", delete = true }]
  boundary    = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "airflow-dags"
  environment = "development"
  branches    = ["**/*"]
  secrets     = { "DAGS_S3_BUCKET" = var.dags_s3_bucket }
}
