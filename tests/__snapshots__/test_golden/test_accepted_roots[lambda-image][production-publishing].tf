
variable "fonts_bucket" {
  description = "The bucket that the secret FONTS_BUCKET names."
  type        = string
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "production-tiler-publish"
  github      = { repository = "acme/tiler", environment = "production", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "production-tiler" = { immutable = true } }
  files = [
    { bucket = "production-styles", prefix = "tiles/tiler", delete = true },
    { bucket = var.fonts_bucket, prefix = "", delete = false },
  ]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "tiler"
  environment = "production"
  branches    = ["main"]
  secrets     = { "FONTS_BUCKET" = var.fonts_bucket }
}
