
module "publishing" {
  source      = "../modules/publishing"
  name        = "production-health-publish"
  github      = { repository = "acme/health", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-health" = { immutable = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "health"
  environment = "production"
  branches    = ["main"]
}
