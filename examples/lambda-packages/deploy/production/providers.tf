# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 33b4c0dcada3909145e71ff46ea8a29dae5574d63feb204bd6b3a053d2353cec

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/lambda-packages/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/lambda-packages", environment = "production" }
  }
}

provider "github" {
  owner = "digital-land"
}
