# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen a4076ab8e9bf8c08f0cb1c5978e2c54aafad43bcef69472d7b8aa56ef102fd92

module "publishing" {
  source      = "../modules/publishing"
  name        = "staging-lambda-packages-publish"
  github      = { repository = "digital-land/lambda-packages", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  packages    = [{ bucket = "staging-artifacts", prefix = "lambda-packages" }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "lambda-packages"
  environment = "staging"
  branches    = ["main"]
}
