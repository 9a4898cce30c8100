# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 4fd238a4a4b7db7c0ffeeaf23ccefcbdc8194daf3ad0f2aa7f9a53f4219eba27

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/lambda-packages/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/lambda-packages", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}
