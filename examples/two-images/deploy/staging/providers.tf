# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 58ed6aef8ac83b3c3cb737265a43fd1aa07cefdfc31653673c2f893c22349f00

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/file-check/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/file-check", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}
