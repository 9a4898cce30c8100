# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 4e8d00547d52ba84e69ed070d90a58082d70e599ec78685d1d9d937aa3ba2c24

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
module "publishing" {
  source = "../modules/publishing"
  name   = "development-planning-search-publish"
  github = {
    repository    = "digital-land/planning-search"
    repository_id = 612345678
    owner_id      = 51234567
    environment   = "development"
  }
  credentials = "oidc"
  images      = { "development-planning-search" = { immutable = false } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "development"
  branches    = ["**/*"]
}
