# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 006a3a7b79a94aba360a162fc4d9e0f05a361df0d4edf89f9a4146806fc4963c

module "publishing" {
  source      = "../modules/publishing"
  name        = "staging-planning-search-publish"
  github      = { repository = "digital-land/planning-search", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "staging-planning-search" = { immutable = false } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "staging"
  branches    = ["main"]
}
