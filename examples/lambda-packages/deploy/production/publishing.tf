# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 0c76de289b7fbc111a12c48bfa2be7520692a2433d43f13863a08c16e24a1dd1

module "publishing" {
  source      = "../modules/publishing"
  name        = "production-lambda-packages-publish"
  github      = { repository = "digital-land/lambda-packages", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  packages    = [{ bucket = "production-artifacts", prefix = "lambda-packages" }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "lambda-packages"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
}
