# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen e11c3a5b9b898852942c4e9e404b6c596e5cff99f633e2cb934e369ba7062687

terraform {
  required_version = ">= 1.10"

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
