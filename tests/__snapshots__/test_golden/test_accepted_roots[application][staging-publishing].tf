
module "publishing" {
  source      = "../modules/publishing"
  name        = "staging-digital-land.info-publish"
  github      = { repository = "digital-land/digital-land.info", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "staging-planning-data" = { immutable = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "digital-land.info"
  environment = "staging"
  branches    = ["main"]
}
