# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen fc72bba10bae3ed818a35ede46ba29ede656a5d75a4fde5df9ad995b9837c688

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/file-check/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/file-check", environment = "production" }
  }
}

provider "github" {
  owner = "digital-land"
}
