# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 2ccc48181be1d7eb4cdaa52cc14662e430ac2860f23a7fe0fa8fafa0ab8ac0cf

terraform {
  required_version = ">= 1.10"

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
