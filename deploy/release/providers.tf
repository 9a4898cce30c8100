# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen a16078058a77c1a3b09fa5f3f895f2193a0c448a59d4ef5b8f9c8271491d1890

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
