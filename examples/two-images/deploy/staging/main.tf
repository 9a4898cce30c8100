# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 002e4bbdb7a21fe4f6ae9b3ac04a31157cf82f0d7396876d6f50c7772ef25bf9

module "platform" {
  source          = "../modules/platform"
  vpc             = "staging-vpc"
  subnets         = ["staging-private-a", "staging-private-b"]
  security_groups = ["staging-services"]
  cluster         = "staging-cluster"
  load_balancer   = "staging-public"
  topic           = "staging-deployments"
}

module "service-api" {
  source        = "../modules/service"
  name          = "staging-file-check-api"
  repository    = module.publishing.repositories["staging-file-check-api"]
  cpu           = 256
  memory        = 512
  port          = 8080
  domain        = { host = "check.planning.example.gov.uk" }
  tasks         = { min = 2, max = 4 }
  platform      = module.platform
  notifications = module.platform.notifications
}

module "worker-processor" {
  source        = "../modules/worker"
  name          = "staging-file-check-processor"
  repository    = module.publishing.repositories["staging-file-check-processor"]
  cpu           = 1024
  memory        = 4096
  tasks         = { min = 2, max = 4 }
  platform      = module.platform
  notifications = module.platform.notifications
}
