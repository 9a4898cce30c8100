# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen f7dbd1ed144373ebd95ade29cde4b5b5c282192fdfb2d6a728ea627f8cc150fa

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
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
