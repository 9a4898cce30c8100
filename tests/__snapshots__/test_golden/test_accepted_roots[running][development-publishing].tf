
module "publishing" {
  source      = "../modules/publishing"
  name        = "development-running-publish"
  github      = { repository = "acme/running", repository_id = 12345, owner_id = 678, environment = "development" }
  credentials = "oidc"
  images = {
    "development-running-nightly" = { immutable = true }
    "development-running-site"    = { immutable = true }
    "development-running-worker"  = { immutable = true }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "running"
  environment = "development"
  branches    = ["**/*"]
}
