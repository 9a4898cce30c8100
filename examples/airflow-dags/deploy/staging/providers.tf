# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 023b5780523c6c2316f335a3cb2228f92729e9ea78c70b661bdc76566a3f3795

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
