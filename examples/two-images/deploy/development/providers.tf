# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 81834f7d4e557f5e09791199f3181b1b565db3e51caeb53515802056100b344e

terraform {
  required_version = ">= 1.9"

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
