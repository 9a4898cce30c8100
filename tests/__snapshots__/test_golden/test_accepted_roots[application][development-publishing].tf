
module "publishing" {
  source      = "../modules/publishing"
  name        = "development-digital-land.info-publish"
  github      = { repository = "digital-land/digital-land.info", environment = "development" }
  credentials = "oidc"
  images      = { "development-planning-data" = { immutable = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "digital-land.info"
  environment = "development"
  branches    = ["**/*"]
}
