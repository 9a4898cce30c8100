# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 2fc86a41a2529662524a241a3107d742179710a7af7bf96e384ec3d36a55c855

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
