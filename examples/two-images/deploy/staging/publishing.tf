# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 21d1daea5fa1dafe7929e5f05656a5c0511e9b7056a7d42795c42ddaa3569d3f

module "publishing" {
  source      = "../modules/publishing"
  name        = "staging-file-check-publish"
  github      = { repository = "digital-land/file-check", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "staging-file-check-api" = { immutable = false }, "staging-file-check-processor" = { immutable = false } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "file-check"
  environment = "staging"
  branches    = ["main"]
}
