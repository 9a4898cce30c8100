# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen f3bbf6e36c86bfc34e8d1ae7fe3959e1615390534e3de453e08972773f6a926e

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
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
