# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 5d14ae637ecc1463bba07d0ea9af388b15fd71353e7e575697c6ccb61a0f75a7

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-search/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "staging" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}
