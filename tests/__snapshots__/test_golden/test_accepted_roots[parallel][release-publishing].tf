
module "github" {
  source      = "../modules/github-environment"
  repository  = "parallel"
  environment = "release"
  branches    = ["main"]
}
