# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen d75397c30592084294a07d5a8499eb545c60828bc3690ecc98d4f013fd8ca9c0

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-file-check-publish"
  github      = { repository = "digital-land/file-check", environment = "development" }
  credentials = "oidc"
  images = {
    "development-file-check-api"       = { immutable = false }
    "development-file-check-processor" = { immutable = false }
  }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "file-check"
  environment = "development"
  branches    = ["**/*"]
}
