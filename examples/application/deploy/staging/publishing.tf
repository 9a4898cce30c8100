# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen de8659903a3a99cfde9a5c9cb8acf016fd9654357bf8e96a7df510baa4602e08

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
module "publishing" {
  source = "../modules/publishing"
  name   = "staging-planning-search-publish"
  github = {
    repository    = "digital-land/planning-search"
    repository_id = 612345678
    owner_id      = 51234567
    environment   = "staging"
    ref           = "refs/heads/main"
  }
  credentials = "oidc"
  images      = { "staging-planning-search" = { immutable = false } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "staging"
  branches    = ["main"]
}
