# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 4c930ff01de242ed83bef79a80836056166716147a031dd36e69c1edd31fb035

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
