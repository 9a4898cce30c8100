# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen c6d71a503c34d7914868532a885a73e3246cade9985af1b32dff71a382935303

module "github" {
  source      = "../modules/github-environment"
  repository  = "pipegen"
  environment = "release"
  branches    = ["main"]
}
