# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 9e446a61b6e5be8b6e58db97a1b5e1b67594c769822f2ea38b00ab473d5ecfc5

terraform {
  required_version = ">= 1.10"

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
