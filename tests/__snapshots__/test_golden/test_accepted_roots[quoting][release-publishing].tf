
module "github" {
  source      = "../modules/github-environment"
  repository  = "quoting"
  environment = "release"
  branches    = ["main"]
}
