# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 445612c27e92ea08f2e48b014b85f83a4ce017884425d38cb509ae2fc7085d7c

module "platform" {
  source          = "../modules/platform"
  vpc             = "production-vpc"
  subnets         = ["production-private-a", "production-private-b"]
  security_groups = ["production-services"]
  cluster         = "production-cluster"
  load_balancer   = "production-public"
  topic           = "production-deployments"
}

module "service-api" {
  source        = "../modules/service"
  name          = "production-file-check-api"
  repository    = module.publishing.repositories["production-file-check-api"]
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
  name          = "production-file-check-processor"
  repository    = module.publishing.repositories["production-file-check-processor"]
  cpu           = 1024
  memory        = 4096
  tasks         = { min = 2, max = 4 }
  platform      = module.platform
  notifications = module.platform.notifications
}
