# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 40d630d12844a591feec014160956d65622ace2436ba03e2cad31466354f5aa8

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
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
