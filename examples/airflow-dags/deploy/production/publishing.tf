# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 767dba57703718134e9ec8aa70ca5ee37cecb7bb988cd6c7c538204f22efdf5e

variable "dags_s3_bucket" {
  description = "The bucket that the secret DAGS_S3_BUCKET names."
  type        = string
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "production-airflow-dags-publish"
  github      = { repository = "digital-land/airflow-dags", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  files       = [{ bucket = var.dags_s3_bucket, prefix = "dags", delete = true }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "airflow-dags"
  environment = "production"
  reviewers   = ["team/infrastructure-deployers"]
  branches    = ["main"]
  secrets     = { "DAGS_S3_BUCKET" = var.dags_s3_bucket }
}
