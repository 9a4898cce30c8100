
terraform {
  required_version = ">= 1.10"

  required_providers {
    github = { source = "integrations/github", version = ">= 6.12, < 7.0" }
  }

  backend "s3" {
    key = "acme/both/release.tfstate"
  }
}

provider "github" {
  owner = "acme"
}
