# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ea7a2a8f856223c97467bd9be7d03a48ce648e831a452c770c007f73141e5afb

module "publishing" {
  source      = "../modules/publishing"
  name        = "production-planning-search-publish"
  github      = { repository = "digital-land/planning-search", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-planning-search" = { immutable = false } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-search"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}
