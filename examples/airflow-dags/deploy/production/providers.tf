# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen d5fb4dd3b73eb7d0fad4c876e633ea92f7bc5870e4baa40f58eb1abc89bd3641

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
