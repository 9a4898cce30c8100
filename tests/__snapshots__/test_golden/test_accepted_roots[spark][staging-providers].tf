
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/pyspark-jobs/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "acme/pyspark-jobs", environment = "staging" }
  }
}

provider "github" {
  owner = "acme"
}
