# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 0243e72d8ad30333f5cf66b8e8f85d15603090f6579e376a80eff7ffe75d7e38

variable "dags_s3_bucket" {
  description = "The bucket that the secret DAGS_S3_BUCKET names."
  type        = string
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-airflow-dags-publish"
  github      = { repository = "digital-land/airflow-dags", environment = "development" }
  credentials = "oidc"
  files       = [{ bucket = var.dags_s3_bucket, prefix = "dags", delete = true }]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "airflow-dags"
  environment = "development"
  branches    = ["**/*"]
  secrets     = { "DAGS_S3_BUCKET" = var.dags_s3_bucket }
}
