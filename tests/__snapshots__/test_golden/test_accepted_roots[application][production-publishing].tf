
module "publishing" {
  source      = "../modules/publishing"
  name        = "production-digital-land.info-publish"
  github      = { repository = "digital-land/digital-land.info", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-planning-data" = { immutable = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "digital-land.info"
  environment = "production"
  reviewers   = ["team/deployers"]
  branches    = ["main"]
}
