# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 1c4bf939d6c0f68de4614d4593a107bbdbc785023f8f8018f3812e4dfe82d0b2

terraform {
  required_version = ">= 1.10"

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
