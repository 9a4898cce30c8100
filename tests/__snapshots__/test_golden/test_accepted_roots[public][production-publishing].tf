
module "public-repositories" {
  source    = "../modules/public-repositories"
  providers = { aws = aws.public }
  names     = ["production-pub-tool"]
}

# Not `immutable`, because the manifest asks for a tag that moves: `image.tag`.
module "publishing" {
  source      = "../modules/publishing"
  name        = "production-tool-publish"
  github      = { repository = "acme/tool", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-pub-tool" = { immutable = false, public = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "tool"
  environment = "production"
  branches    = ["main"]
}
