
module "publishing" {
  source = "../modules/publishing"
  name   = "production-running-publish"
  github = {
    repository    = "acme/running"
    repository_id = 12345
    owner_id      = 678
    environment   = "production"
    ref           = "refs/heads/main"
  }
  credentials = "oidc"
  images = {
    "production-running-nightly" = { immutable = true }
    "production-running-site"    = { immutable = true }
    "production-running-worker"  = { immutable = true }
  }
  boundary = module.platform.boundary
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "running"
  environment = "production"
  reviewers   = ["team/deployers", "user/octocat"]
  branches    = ["main"]
}
