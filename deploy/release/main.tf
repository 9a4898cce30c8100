# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 0cbb0727542f136108191e7d5cb590cd981d50c5c984be412ce4f1b936d977cf

terraform {
  required_version = ">= 1.9"

  required_providers {
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/pipegen/release.tfstate"
  }
}

provider "github" {
  owner = "digital-land"
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "pipegen"
  environment = "release"
  branches    = ["main"]
}
