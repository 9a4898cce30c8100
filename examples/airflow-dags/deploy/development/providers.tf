# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ee553f021d38f71c1ab243cde3788c4dbb2b81c2fccc8674f31558257f77e8d4

terraform {
  required_version = ">= 1.10"

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
