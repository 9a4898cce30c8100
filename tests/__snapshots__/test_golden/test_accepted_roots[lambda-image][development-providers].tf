
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/tiler/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "acme/tiler", environment = "development" }
  }
}

provider "github" {
  owner = "acme"
}
