# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen a700ec37cee7dcb11f63793dbb9ff18a2c2bc7d9055f369ae464fe0aa9841f33

module "publishing" {
  source      = "../modules/publishing"
  name        = "staging-collection-task-publish"
  github      = { repository = "digital-land/collection-task", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "staging-collection-task" = { immutable = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "collection-task"
  environment = "staging"
  branches    = ["main"]
}
