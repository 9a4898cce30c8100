# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ad92e6b5a7e03d811419591e1d1e989e7546afca8d2545dde86b85cfb414362f

module "publishing" {
  source      = "../modules/publishing"
  name        = "production-collection-task-publish"
  github      = { repository = "digital-land/collection-task", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-collection-task" = { immutable = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "collection-task"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}
