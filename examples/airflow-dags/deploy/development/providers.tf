# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 7434e2fa1e512fd74c7aedf30d479bb102def7f893cd7daf0890fd5da53c6842

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
