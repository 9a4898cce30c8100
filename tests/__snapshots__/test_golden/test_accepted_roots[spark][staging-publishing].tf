
module "publishing" {
  source      = "../modules/publishing"
  name        = "staging-pyspark-jobs-publish"
  github      = { repository = "acme/pyspark-jobs", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "staging-pyspark-jobs" = { immutable = true } }
  files       = [{ bucket = "staging-emr-jobs", prefix = "pkg/pyspark-jobs", delete = true }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "pyspark-jobs"
  environment = "staging"
  branches    = ["main"]
}
