# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen a91a4a5d9c90e364bef295f571428f3bf01615f3221f4bbabb4e38ffe2d9259f

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
  domain        = { host = "check.staging.planning.example.gov.uk" }
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
