# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen aa17c102dec52f06636d6b3dab9ef63074cd8e1d5b4e89634947fb7231be786d

terraform {
  required_version = ">= 1.9"

  required_providers {
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "digital-land/planning-points/release.tfstate"
  }
}

provider "github" {
  owner = "digital-land"
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-points"
  environment = "release"
  branches    = ["main"]
}
