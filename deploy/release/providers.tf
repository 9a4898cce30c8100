# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 02a7593f4d17bea9f551f6c339f77bdfb89536d17fb302e9a56560dfed10621e

terraform {
  required_version = ">= 1.10"

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
