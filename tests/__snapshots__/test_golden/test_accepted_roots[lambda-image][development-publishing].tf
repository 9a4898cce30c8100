
variable "fonts_bucket" {
  description = "The bucket that the secret FONTS_BUCKET names."
  type        = string
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "development-tiler-publish"
  github      = { repository = "acme/tiler", environment = "development" }
  credentials = "access-keys"
  images      = { "development-tiler" = { immutable = true } }
  files = [
    { bucket = "development-styles", prefix = "tiles/tiler", delete = true },
    { bucket = var.fonts_bucket, prefix = "", delete = false },
  ]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "tiler"
  environment = "development"
  branches    = ["**/*"]
  secrets = {
    "FONTS_BUCKET"                 = var.fonts_bucket
    "DEPLOY_AWS_ACCESS_KEY_ID"     = module.publishing.access_key.id
    "DEPLOY_AWS_SECRET_ACCESS_KEY" = module.publishing.access_key.secret
  }
}
