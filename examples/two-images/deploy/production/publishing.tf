# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ecceddfc9f7a6c5fb0f761b301ef0a1571d40c752793094a992e5b20e980611a

module "publishing" {
  source      = "../modules/publishing"
  name        = "production-file-check-publish"
  github      = { repository = "digital-land/file-check", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images = {
    "production-file-check-api"       = { immutable = false }
    "production-file-check-processor" = { immutable = false }
  }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "file-check"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}
