# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen b124385c22d079bde745e96849a917df3738aaf65ffb9fbfa7b96346be350b3c

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
module "publishing" {
  source = "../modules/publishing"
  name   = "production-planning-search-publish"
  github = {
    repository    = "digital-land/planning-search"
    repository_id = 612345678
    owner_id      = 51234567
    environment   = "production"
    ref           = "refs/heads/main"
  }
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
