# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen b5ee00e807b192e98bb1a576e4019b78054544fbc5de4c8c7e2bcc60d58a2d15

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-search/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "development" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}
