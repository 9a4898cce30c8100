# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen b2a60bf34c82950b53fbddea1a428b595fb73652c9d1a73575b03f04d3cd0516

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/file-check/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/file-check", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}
