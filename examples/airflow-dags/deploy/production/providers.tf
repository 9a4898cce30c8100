# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 9d177e3fdcee832bd418cf4a8453b21a20fdfe65201677960b09255a596dad74

terraform {
  required_version = ">= 1.10"

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
