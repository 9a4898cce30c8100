
module "publishing" {
  source      = "../modules/publishing"
  name        = "production-pyspark-jobs-publish"
  github      = { repository = "acme/pyspark-jobs", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-pyspark-jobs" = { immutable = true } }
  files       = [{ bucket = "production-emr-jobs", prefix = "pkg/pyspark-jobs", delete = true }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "pyspark-jobs"
  environment = "production"
  reviewers   = ["team/data"]
  branches    = ["main"]
}
