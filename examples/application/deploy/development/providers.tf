# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen d23ab185f9e83df7af9d405b8281ebfd017dcbdd36bc1b141c39dfb5daada76b

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws    = { source = "hashicorp/aws", version = ">= 5.81, < 6.0" }
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-search/development.tfstate"
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "development" }
  }
}

provider "aws" {
  alias               = "chat"
  region              = "eu-west-1"
  allowed_account_ids = ["012345678901"]

  default_tags {
    tags = { repository = "digital-land/planning-search", environment = "development" }
  }
}

provider "github" {
  owner = "digital-land"
}
