# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 7eb3ed19a0cc392543f51002e19644957f75ab497137a5da50b2168eab4b371b

module "platform" {
  source          = "../modules/platform"
  vpc             = "development-vpc"
  subnets         = ["development-private-a", "development-private-b"]
  security_groups = ["development-services"]
  cluster         = "development-cluster"
  load_balancer   = "development-public"
  topic           = "development-deployments"
}

module "service-api" {
  source        = "../modules/service"
  name          = "development-file-check-api"
  repository    = module.publishing.repositories["development-file-check-api"]
  cpu           = 256
  memory        = 512
  port          = 8080
  domain        = { host = "check.development.planning.example.gov.uk" }
  tasks         = { min = 2, max = 4 }
  platform      = module.platform
  notifications = module.platform.notifications
}

module "worker-processor" {
  source        = "../modules/worker"
  name          = "development-file-check-processor"
  repository    = module.publishing.repositories["development-file-check-processor"]
  cpu           = 1024
  memory        = 4096
  tasks         = { min = 2, max = 4 }
  platform      = module.platform
  notifications = module.platform.notifications
}
