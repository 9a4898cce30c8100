# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen bbeacd185e163a5c1b1e1e435edf7b0d8ac1eabde6c0a42f8ef671cea4e98220

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/collection-task/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/collection-task", environment = "production" }
  }
}

provider "github" {
  owner = "digital-land"
}
