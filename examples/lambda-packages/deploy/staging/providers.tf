# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen c498433d9bcf9b4792d3ab2ee0b90b6a5f20f21bf3cadc17d153009bd578a0c9

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/lambda-packages/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/lambda-packages", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}
