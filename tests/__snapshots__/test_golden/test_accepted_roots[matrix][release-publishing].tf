
module "github" {
  source      = "../modules/github-environment"
  repository  = "matrix"
  environment = "release"
  branches    = ["trunk"]
}
