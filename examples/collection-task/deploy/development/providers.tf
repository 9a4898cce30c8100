# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 4c28bd12818219bba72d5183760b260d6fbc83a53472b761730b85ca77ce541d

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/collection-task/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/collection-task", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}
