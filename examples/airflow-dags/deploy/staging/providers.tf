# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 02c745e1c1307d71bd060b4a3f656bfd416bc2592b488c06a1faffd584e5ebf5

terraform {
  required_version = ">= 1.10"

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
