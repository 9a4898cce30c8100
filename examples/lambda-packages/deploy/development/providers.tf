# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen efb039093d0d6474fc087c84e9728f9a3ed2d202af6e8c3f7c6120b1f7263d4b

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/lambda-packages/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/lambda-packages", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}
