# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 5158dc95264a2a8af552e01b1dc10b5909dc9fd343c998f8fbc2d231e7425725

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
module "publishing" {
  source      = "../modules/publishing"
  name        = "development-planning-search-publish"
  github      = { repository = "digital-land/planning-search", environment = "development" }
  credentials = "oidc"
  images      = { "development-planning-search" = { immutable = false } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "development"
  branches    = ["**/*"]
}
