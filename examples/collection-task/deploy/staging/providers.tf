# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 15b816484fbe6a999ed617524251c5df1828c5ee02ad565ad6700fab07adc391

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/collection-task/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/collection-task", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}
