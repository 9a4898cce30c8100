# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 8a262de342bc9e3ec508050b238145d9feac922f53be5f626993783bcc5d9cd0

terraform {
  required_version = ">= 1.10"

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
