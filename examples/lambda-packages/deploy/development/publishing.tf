# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen ea582259f36e7096d8e12e34ae42a638851455f30dc3e45b55c59b0ccdc0b9ad

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-lambda-packages-publish"
  github      = { repository = "digital-land/lambda-packages", environment = "development" }
  credentials = "oidc"
  packages    = [{ bucket = "development-artifacts", prefix = "lambda-packages" }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "lambda-packages"
  environment = "development"
  branches    = ["**/*"]
}
