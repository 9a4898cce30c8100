
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/running/production.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "acme/running", environment = "production" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]

  default_tags {
    tags = { repository = "acme/running", environment = "production" }
  }
}

provider "github" {
  owner = "acme"
}
