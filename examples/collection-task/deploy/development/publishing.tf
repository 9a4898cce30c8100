# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 3a08498c60686a926e40e1a0d8b7aa50fc3e47cb9a8364cac06c28b7b5b8569b

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-collection-task-publish"
  github      = { repository = "digital-land/collection-task", environment = "development" }
  credentials = "oidc"
  images      = { "development-collection-task" = { immutable = true } }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "collection-task"
  environment = "development"
  branches    = ["**/*"]
}
