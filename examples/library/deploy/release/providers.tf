# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 083c7b68a1789cb20352fbc2cd7c0eba3db4078a4f7274299dce950bcdd789f1

terraform {
  required_version = ">= 1.10"

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
