
module "publishing" {
  source      = "../modules/publishing"
  name        = "development-submit-publish"
  github      = { repository = "acme/submit", environment = "development" }
  credentials = "oidc"
  images      = { "development-submit" = { immutable = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "submit"
  environment = "development"
  branches    = ["**/*"]
}
