
module "publishing" {
  source      = "../modules/publishing"
  name        = "development-several-publish"
  github      = { repository = "acme/several", repository_id = 12345, owner_id = 678, environment = "development" }
  credentials = "oidc"
  images = {
    "development-several-api"       = { immutable = true }
    "development-several-processor" = { immutable = true }
    "development-several-tables"    = { immutable = true }
  }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "several"
  environment = "development"
  branches    = ["**/*"]
}
