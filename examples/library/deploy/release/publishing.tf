# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen cf7e72c1d20ddf04949b186dff5c260ed3fc1a2d0d4f928c2155cd46191bbcfe

module "github" {
  source      = "../modules/github-environment"
  repository  = "planning-points"
  environment = "release"
  branches    = ["main"]
}
