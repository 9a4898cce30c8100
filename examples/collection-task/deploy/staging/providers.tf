# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ae0a388ba45298f21694a3cf5419b12c1a03d8bc129703e10bfa649f9e0f89d2

terraform {
  required_version = ">= 1.10"

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
