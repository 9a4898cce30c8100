
variable "fonts_bucket" {
  description = "The bucket that the secret FONTS_BUCKET names."
  type        = string
}

module "publishing" {
  source      = "../modules/publishing"
  name        = "staging-tiler-publish"
  github      = { repository = "acme/tiler", environment = "staging", ref = "refs/heads/main" }
  credentials = "oidc"
  images      = { "staging-tiler" = { immutable = true } }
  files = [
    { bucket = "staging-styles", prefix = "tiles/tiler", delete = true },
    { bucket = var.fonts_bucket, prefix = "", delete = false },
  ]
}

module "github" {
  source      = "../modules/github-environment"
  repository  = "tiler"
  environment = "staging"
  branches    = ["main"]
  secrets     = { "FONTS_BUCKET" = var.fonts_bucket }
}
