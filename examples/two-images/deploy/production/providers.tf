# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 8386e038bdc103ec766f5597d5dfd21b0134075fb6784ab404169dbb32f4694d

terraform {
  required_version = ">= 1.10"

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
