# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen f61723fb4946ab6d28586baa2b38950517c68d5d18b98b254b701bc4502c63b7

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-search/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "production" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "production" }
  }
}

provider "github" {
  owner = "digital-land"
}
