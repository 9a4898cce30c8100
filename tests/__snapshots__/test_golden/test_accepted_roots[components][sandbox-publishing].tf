
module "publishing" {
  source      = "../modules/publishing"
  name        = "sandbox-several-publish"
  github      = { repository = "acme/several", repository_id = 12345, owner_id = 678, environment = "sandbox" }
  credentials = "access-keys"
  images = {
    "sandbox-several-api"       = { immutable = true }
    "sandbox-several-processor" = { immutable = true }
    "sandbox-several-tables"    = { immutable = true }
  }
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "several"
  environment = "sandbox"
  branches    = ["**/*"]
  secrets = {
    "DEPLOY_AWS_ACCESS_KEY_ID"     = module.publishing.access_key.id
    "DEPLOY_AWS_SECRET_ACCESS_KEY" = module.publishing.access_key.secret
  }
}
