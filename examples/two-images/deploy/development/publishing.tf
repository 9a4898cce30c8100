# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 3f15e9e7ca15283eb56bf8d3c7aac63a1c80b57e818a4a0b89ad63e0a2badc07

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
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
