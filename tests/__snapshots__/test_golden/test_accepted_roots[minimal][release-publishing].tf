
module "github" {
  source      = "../modules/github-environment"
  repository  = "least"
  environment = "release"
  branches    = ["main"]
}
