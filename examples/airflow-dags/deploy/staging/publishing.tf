# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 5d05dc352d85249119d781d79fff369cacb1a90ce613df375658f5ef89e22aff

variable "dags_s3_bucket" {
  description = "The bucket that the secret DAGS_S3_BUCKET names."
  type        = string
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "staging-airflow-dags-publish"
  github      = { repository = "digital-land/airflow-dags", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  files       = [{ bucket = var.dags_s3_bucket, prefix = "dags", delete = true }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "airflow-dags"
  environment = "staging"
  branches    = ["main"]
  secrets     = { "DAGS_S3_BUCKET" = var.dags_s3_bucket }
}
