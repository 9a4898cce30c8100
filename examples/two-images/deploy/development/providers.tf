# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 773d354b38be9e561193e27e2148115e7de58607e7abbc2d556e8acb5872e6aa

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/file-check/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/file-check", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}
