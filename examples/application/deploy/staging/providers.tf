# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen fb6bc87f843aa2ae01b10fcda318aaaa209f20c66ccc7132d8a9baa4a0114f22

terraform {
  required_version = ">= 1.10"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-search/staging.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "staging" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "staging" }
  }
}

provider "github" {
  owner = "digital-land"
}
