# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 555fc5df31f98b9380bf08c840c53bdb80b6966e53392999c15803c98765b130

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
module "publishing" {
  source      = "../modules/publishing"
  name        = "production-planning-search-publish"
  github      = { repository = "digital-land/planning-search", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-planning-search" = { immutable = false } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}
