
module "github" {
  source      = "../modules/github-environment"
  repository  = "both"
  environment = "release"
  branches    = ["main"]
}
