
module "publishing" {
  source      = "../modules/publishing"
  name        = "development-pyspark-jobs-publish"
  github      = { repository = "acme/pyspark-jobs", environment = "development" }
  credentials = "oidc"
  images      = { "development-pyspark-jobs" = { immutable = true } }
  files       = [{ bucket = "development-emr-jobs", prefix = "pkg/pyspark-jobs", delete = true }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "pyspark-jobs"
  environment = "development"
  branches    = ["**/*"]
}
